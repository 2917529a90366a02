import { Failure } from './failure';
import type { GapBounds } from './gap';
import type { OffsetToken } from './offset-token';
import type { Checkpoint, LogBounds, Position, SeekTarget } from './ports/source';

/** What is known when a channel has just been opened. */
export interface ResumeFacts {
  readonly token: OffsetToken | undefined;
  readonly checkpoint: Checkpoint | undefined;
  readonly bounds: LogBounds;
  readonly policy: {
    readonly startFrom: 'earliest' | 'latest';
    readonly onGap: 'stop' | 'continue';
    readonly onOffsetRegression: 'stop' | 'restart';
  };
  readonly compare: (a: Position, b: Position) => number;
}

export type ResumeDecision =
  /** Read on. `pin`: nothing was ever committed, so the start is written down before the first record. */
  | { readonly kind: 'seek'; readonly target: SeekTarget; readonly pin?: Position }
  /** Retention ran past the position. `accepted`: the contract says to go on at the log's start. */
  | { readonly kind: 'gap'; readonly gap: GapBounds; readonly accepted: boolean }
  /** The log is another one than before: a channel of the next epoch, from the log's start. */
  | { readonly kind: 'next-epoch' }
  /** Another process has brought the partition to its end: whatever channel there is, it is made anew. */
  | { readonly kind: 'done' }
  | { readonly kind: 'stop'; readonly failure: Failure };

/** The resume table of docs/architecture.md. The channel's token rules; the checkpoint is a second witness. */
export function decideResume(facts: ResumeFacts): ResumeDecision {
  const { token, checkpoint, bounds, policy } = facts;
  if (checkpoint?.kind === 'done') return { kind: 'done' };
  if (token !== undefined) return resumeAfter(token.position, { at: token.position }, facts);
  if (checkpoint === undefined) {
    const start = policy.startFrom === 'earliest' ? bounds.before : bounds.last;
    return { kind: 'seek', target: { after: start }, pin: start };
  }
  if (checkpoint.kind === 'started') {
    return resumeAfter(checkpoint.position, { after: checkpoint.position }, facts);
  }
  return {
    kind: 'stop',
    failure: new Failure(
      'setup',
      'channel_lost',
      'the source has a committed position but the channel has no offset token',
      {
        cure: 'the channel was dropped, its pipe replaced, or it idled for 30 days: stop the collector and run das channel recover (docs/runbooks/channel-lost.md)',
      },
    ),
  };
}

function resumeAfter(position: Position, target: SeekTarget, facts: ResumeFacts): ResumeDecision {
  const { bounds, policy, compare } = facts;
  if (compare(position, bounds.last) > 0) return regression(policy.onOffsetRegression);
  if (compare(position, bounds.before) >= 0) return { kind: 'seek', target };
  return {
    kind: 'gap',
    gap: { from: position, to: bounds.before },
    accepted: policy.onGap === 'continue',
  };
}

/** The log is shorter than, or other than, what was committed: it was truncated or made anew. */
export function regression(policy: 'stop' | 'restart'): ResumeDecision {
  if (policy === 'restart') return { kind: 'next-epoch' };
  return {
    kind: 'stop',
    failure: new Failure(
      'setup',
      'log_recreated',
      'the source is not the log that was committed from: it was truncated or recreated',
      {
        cure: 'if that was meant, set onOffsetRegression: restart in the contract to begin a new epoch',
      },
    ),
  };
}
