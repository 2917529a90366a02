import type { OdcsDocument } from '../../odcs';
import { availabilityPercent } from '../../service-level';
import { alert, record, series, type Rule, type Severity } from './rule';

const UNREADY = 'das:stream_unready:max';

/**
 * How many times faster than allowed what may fail in 30 days is used up, over a long window, and a short one that shows
 * that it goes on (Google's SRE workbook, "Alerting on SLOs", multiwindow, multi-burn-rate alerts).
 */
const BURNS: readonly {
  readonly rate: number;
  readonly long: string;
  readonly short: string;
  readonly severity: Severity;
}[] = [
  { rate: 14.4, long: '1h', short: '5m', severity: 'page' },
  { rate: 6, long: '6h', short: '30m', severity: 'page' },
  { rate: 1, long: '3d', short: '6h', severity: 'ticket' },
];

/**
 * A stream is available while every process that collects it is ready, and there is one. What is not exposed counts as not
 * ready, since a process that is gone exposes nothing.
 */
export function burnRateRules(stream: OdcsDocument): readonly Rule[] {
  const promised = availabilityPercent(stream);
  if (promised === undefined) return [];
  const allowed = 1 - promised / 100;
  const unready = series(stream, UNREADY);
  return [
    record(stream, UNREADY, `1 - (min(${series(stream, 'das_ready')}) or vector(0))`),
    ...BURNS.flatMap(({ rate, long, short, severity }) => {
      const threshold = Number((rate * allowed).toPrecision(6));
      // A share of more than all of the time is never reached.
      if (threshold >= 1) return [];
      const over = (window: string): string => `avg_over_time(${unready}[${window}]) > ${threshold}`;
      return alert(stream, {
        name: `AvailabilityBurnsIn${long}`,
        expr: `${over(long)} and ${over(short)}`,
        severity,
        summary: `not ready {{ $value | humanizePercentage }} of ${long}: what ${promised} % allow is used up ${rate} times too fast.`,
        runbook: 'collector-not-ready',
      });
    }),
  ];
}
