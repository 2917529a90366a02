import type { Step } from '../outcome';
import type { Clock } from '../ports/clock';
import { valueAt } from './json-tree';
import { utcMs } from './utc-ms';

/**
 * Marks what came after the contract's watermark and refuses what came after its allowed lateness. Lateness
 * is when the source took the record minus when the event happened, so a replay judges as the first reading
 * did. A source that does not know when it took a record (a journal, a backfill) is judged by the clock, and
 * nothing of it is ever too late.
 */
export function lateness(clock: Clock): Step {
  return function lateness(draft) {
    const { contract, record } = draft;
    const eventTs = valueAt(draft.event, contract.paths.eventTs);
    const happenedMs = typeof eventTs === 'string' ? utcMs(eventTs) : NaN;
    const lateSeconds = ((record.timestampMs ?? clock.now()) - happenedMs) / 1000;
    if (record.timestampMs !== undefined && lateSeconds > contract.lateness.allowedSeconds) {
      const path = `/${contract.paths.eventTs.join('/')}`;
      return {
        outcome: 'dead',
        reason: 'too_late',
        stage: 'lateness',
        errors: [{ path, rule: 'allowedLateness' }],
      };
    }
    draft.isLate = lateSeconds > contract.lateness.watermarkSeconds;
    return undefined;
  };
}
