import { customValue } from '../../das-properties';
import { durationSeconds } from '../../duration';
import type { OdcsDocument } from '../../odcs';
import { freshnessSeconds } from '../../service-level';
import { toStreamContract } from '../../stream-view';
import { alert, record, series, type Rule } from './rule';

const LAG = 'das:stream_lag_seconds:max';

/** What is told of one stream as it is now, and whether its freshness was kept over the window that is promised. */
export function streamRules(stream: OdcsDocument): readonly Rule[] {
  return [...freshnessRules(stream), ...refusalRules(stream), ...objectRules(stream), notReady(stream)];
}

/** Lag is the age of what was committed last: what is not committed yet is at least not older than promised. */
function freshnessRules(stream: OdcsDocument): readonly Rule[] {
  const promised = freshnessSeconds(stream);
  const slo = customValue(stream, 'das.slo');
  if (promised === undefined || slo === undefined) return [];
  const { percentile, window } = slo.freshness;
  const days = promWindow(durationSeconds(window));
  const lag = series(stream, LAG);
  return [
    record(stream, LAG, `max(${series(stream, 'das_lag_seconds')})`),
    alert(stream, {
      name: 'StreamLate',
      expr: `${lag} > ${promised}`,
      holdsFor: '10m',
      severity: 'page',
      summary: `the last record that landed is {{ $value | humanizeDuration }} old, and more wait; ${promised} s are promised.`,
      runbook: 'collector-not-ready',
    }),
    alert(stream, {
      name: 'StreamFreshnessMissed',
      expr: `quantile_over_time(${round(percentile / 100)}, ${lag}[${days}]) > ${promised}`,
      severity: 'ticket',
      summary: `for more than ${round(100 - percentile)} % of ${days} the lag was over the ${promised} s that are promised.`,
      runbook: 'collector-not-ready',
    }),
  ];
}

function refusalRules(stream: OdcsDocument): readonly Rule[] {
  const { fuseRatio } = toStreamContract(stream).deadLetters;
  const dead = `sum(rate(${series(stream, 'das_records_total', 'outcome="dead"')}[10m]))`;
  const all = `sum(rate(${series(stream, 'das_records_total')}[10m]))`;
  return [
    alert(stream, {
      name: 'DeadLettersNearFuse',
      expr: `${dead} / ${all} > ${round(fuseRatio / 2)}`,
      holdsFor: '10m',
      severity: 'ticket',
      summary: `{{ $value | humanizePercentage }} of the records are refused; a fuse blows at ${round(fuseRatio * 100)} %.`,
      runbook: 'dead-letters',
    }),
    alert(stream, {
      name: 'FuseBlown',
      expr: `max by (partition) (${series(stream, 'das_fuse_blown')}) == 1`,
      severity: 'page',
      summary: 'too much of partition {{ $labels.partition }} was refused, and its reading stopped.',
      runbook: 'fuse-blown',
    }),
    alert(stream, {
      name: 'RowsRejected',
      expr: `sum by (partition) (increase(${series(stream, 'das_rows_rejected_total')}[15m])) > 0`,
      severity: 'page',
      summary:
        'the table refused rows of partition {{ $labels.partition }}: they are in its error table alone.',
      runbook: 'rejected-rows',
    }),
  ];
}

function objectRules(stream: OdcsDocument): readonly Rule[] {
  if (customValue(stream, 'das.collector')?.source.kind !== 's3') return [];
  const unreadable = series(stream, 'das_objects_total', 'outcome="unreadable"');
  return [
    alert(stream, {
      name: 'ObjectUnreadable',
      expr: `sum(increase(${unreadable}[1h])) > 0`,
      severity: 'ticket',
      summary: 'an object of the bucket could not be read to its end, however often that was tried.',
      runbook: 'object-unreadable',
    }),
  ];
}

function notReady(stream: OdcsDocument): Rule {
  return alert(stream, {
    name: 'ChannelNotReady',
    expr: `min by (partition) (${series(stream, 'das_partition_ready')}) == 0`,
    holdsFor: '10m',
    severity: 'page',
    summary: 'nothing of partition {{ $labels.partition }} lands: its channel is not open.',
    runbook: 'collector-not-ready',
  });
}

/** In Prometheus' units, the greatest that divides it. */
function promWindow(seconds: number): string {
  const [unit, length] = (
    [
      ['d', 86_400],
      ['h', 3600],
      ['m', 60],
    ] as const
  ).find(([, length]) => seconds % length === 0) ?? ['s', 1];
  return `${seconds / length}${unit}`;
}

/** Without the last digits of binary fractions. */
function round(value: number): number {
  return Number(value.toPrecision(10));
}
