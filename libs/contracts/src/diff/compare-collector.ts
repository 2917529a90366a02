import { compareRest } from './compare-column';
import { told, type Report } from './diff-finding';
import { added, rawOf, same, secondsOf, textsOf, type Raw } from './raw';
import type { RuleId } from './rules';

/** How a stream is collected: where from, and what happens to what is not as it should be. */
export function compareCollector(base: Raw, head: Raw, report: Report): void {
  const at = 'das.collector';
  const [from, to] = [rawOf(base.source), rawOf(head.source)];
  if (!same(from.partitions, to.partitions))
    report(
      'STORAGE_PARTITIONS_CHANGED',
      `${at}.source`,
      `${told(from.partitions)} became ${told(to.partitions)}`,
    );
  if (!same({ ...from, partitions: 0 }, { ...to, partitions: 0 }))
    report('CONSUMER_STREAM_CHANGED', `${at}.source`, `${told(from)} became ${told(to)}`);
  if (!same(base.envelope, head.envelope))
    report(
      'CONSUMER_STREAM_CHANGED',
      `${at}.envelope`,
      `${told(base.envelope)} became ${told(head.envelope)}`,
    );
  if (!same(textsOf(base.dedupeKeys).toSorted(), textsOf(head.dedupeKeys).toSorted()))
    report(
      'CONSUMER_DEDUPLICATION_CHANGED',
      `${at}.dedupeKeys`,
      `${told(base.dedupeKeys)} became ${told(head.dedupeKeys)}`,
    );
  compareLateness(rawOf(base.lateness), rawOf(head.lateness), report);
  ordered(
    'undeclaredPhi',
    ['allow', 'tag', 'quarantine'],
    'GOVERNANCE_UNDECLARED_PHI_LOOSENED',
    'GOVERNANCE_UNDECLARED_PHI_TIGHTENED',
  );
  ordered('onGap', ['continue', 'stop'], 'CONSUMER_LOSS_ALLOWED', 'CONSUMER_LOSS_REFUSED');
  ordered('onOffsetRegression', ['restart', 'stop'], 'CONSUMER_LOSS_ALLOWED', 'CONSUMER_LOSS_REFUSED');
  changed('unknownFields', 'CONSUMER_UNKNOWN_FIELDS_CHANGED');
  changed('startFrom', 'CONSUMER_START_CHANGED');
  compareFuse(rawOf(base.deadLetters), rawOf(head.deadLetters), report);
  for (const header of added(textsOf(base.headers), textsOf(head.headers)))
    report('GOVERNANCE_HEADER_ADDED', `${at}.headers`, header);
  for (const header of added(textsOf(head.headers), textsOf(base.headers)))
    report('GOVERNANCE_HEADER_REMOVED', `${at}.headers`, header);
  compareRest(base, head, KNOWN, at, report);

  function changed(key: string, rule: RuleId): void {
    if (!same(base[key], head[key]))
      report(rule, `${at}.${key}`, `${told(base[key])} became ${told(head[key])}`);
  }

  /** From the loosest to the strictest; one that is not known is none of them. */
  function ordered(key: string, strictness: readonly string[], looser: RuleId, stricter: RuleId): void {
    const [before, after] = [base[key], head[key]].map((value) => strictness.indexOf(String(value))) as [
      number,
      number,
    ];
    if (same(base[key], head[key])) return;
    report(
      after > before ? stricter : looser,
      `${at}.${key}`,
      `${told(base[key])} became ${told(head[key])}`,
    );
  }
}

const KNOWN = new Set([
  'source',
  'envelope',
  'dedupeKeys',
  'lateness',
  'startFrom',
  'onGap',
  'onOffsetRegression',
  'unknownFields',
  'undeclaredPhi',
  'deadLetters',
  'headers',
]);

function compareLateness(base: Raw, head: Raw, report: Report): void {
  const path = 'das.collector.lateness';
  const [before, after] = [secondsOf(base.allowed), secondsOf(head.allowed)];
  if (before !== after) {
    const longer = before !== undefined && after !== undefined && after > before;
    report(
      longer ? 'CONSUMER_LATENESS_CHANGED' : 'CONSUMER_LATENESS_SHORTENED',
      path,
      `${told(base.allowed)} became ${told(head.allowed)}`,
    );
  }
  if (secondsOf(base.watermark) !== secondsOf(head.watermark))
    report(
      'CONSUMER_LATENESS_CHANGED',
      path,
      `the watermark ${told(base.watermark)} became ${told(head.watermark)}`,
    );
  compareRest(base, head, new Set(['allowed', 'watermark']), path, report);
}

function compareFuse(base: Raw, head: Raw, report: Report): void {
  for (const key of ['fuseRatio', 'fuseRunLength']) {
    const [before, after] = [Number(base[key]), Number(head[key])];
    if (same(base[key], head[key])) continue;
    report(
      after < before ? 'CONSUMER_LOSS_REFUSED' : 'CONSUMER_LOSS_ALLOWED',
      `das.collector.deadLetters.${key}`,
      `${told(base[key])} became ${told(head[key])}`,
    );
  }
  compareRest(base, head, new Set(['fuseRatio', 'fuseRunLength']), 'das.collector.deadLetters', report);
}
