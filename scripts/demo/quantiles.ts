export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** @param latencies - in seconds, as the result is, to the millisecond */
export function quantiles(latencies: readonly number[]): Quantiles {
  const sorted = [...latencies].sort((a, b) => a - b);
  const quantile = (share: number): number => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return Math.round(value * 1000) / 1000;
  };
  return { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
}
