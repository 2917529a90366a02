import { complaints, type ChaosReport } from '@das/testing';

/** The report, for a person. */
export function summary(report: ChaosReport): string {
  const { recovery, settleSeconds } = report;
  const row = (label: string, value: string | number): string =>
    `  ${label.padEnd(52)} ${(typeof value === 'number' ? value.toLocaleString('en-US') : value).padStart(12)}`;
  const found = complaints(report);
  return [
    '',
    `${report.profile} of ${report.source}, seed ${report.seed}, ${report.minutes.toFixed(1)} minutes; recounted from source and Parquet files:`,
    ...Object.entries(report.troubles).map(([name, times]) => row(name, times)),
    row('records in the source', report.produced),
    row('rows', report.rows),
    row('dropped (tombstones, no row)', report.dropped),
    ...(['lost', 'duplicated', 'altered', 'misordered', 'stranded'] as const).map((key) =>
      row(key, report[key]),
    ),
    row('from when all was well to the last commit, longest, s', Math.max(...settleSeconds)),
    row('longest time without any commit, s', report.longestStallSeconds),
    row('records per second', report.recordsPerSecond),
    ...(recovery === undefined
      ? []
      : [
          row('records per second, clean', recovery.cleanPerSecond),
          row('records per second, troubled', recovery.troubledPerSecond),
          row('ratio', recovery.ratio),
          row('invalidations at a steady rate', recovery.stallSeconds.length),
          row('stall of each, median, s', median(recovery.stallSeconds)),
          row('stall of each, longest, s', Math.max(...recovery.stallSeconds)),
          row('with more than is committed, longest, s', Math.max(...recovery.saturatedStallSeconds)),
        ]),
    '',
    found.length === 0 ? 'Every record is in BRONZE exactly once.' : `WRONG: ${found.join('; ')}`,
    '',
  ].join('\n');
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}
