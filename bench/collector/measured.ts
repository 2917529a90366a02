/** What one consumer did. */
export interface Measured {
  readonly events: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
  /** Of the consuming process alone, all its threads. */
  readonly cpuSeconds: number;
  readonly eventsPerCpuSecond: number;
  readonly peakRssMb: number;
}

/** From one run. */
export interface CollectorBenchResult {
  readonly bytesPerEvent: number;
  readonly against: 'discard' | 'lake';
  readonly collector?: Measured;
  readonly kafkajsRaw?: Measured;
  readonly javaConsumer?: Measured;
  /** Events per CPU-second of the collector over those of kafkajs alone. */
  readonly ratioPerCpuSecond?: number;
}

export function measured(raw: {
  readonly events: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
}): Measured {
  const { events, seconds, cpuSeconds, peakRssBytes } = raw;
  return {
    events,
    seconds: rounded(seconds, 3),
    eventsPerSecond: Math.round(events / seconds),
    cpuSeconds: rounded(cpuSeconds, 3),
    eventsPerCpuSecond: Math.round(events / cpuSeconds),
    peakRssMb: Math.round(peakRssBytes / 1024 / 1024),
  };
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
