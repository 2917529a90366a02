import type { AppendQueue } from './append-queue';
import type { Place } from './channel-place';
import type { Envelope } from './envelope';
import type { OffsetToken } from './offset-token';
import type { SeekTarget } from './ports/source';

/** One opening of the channel: everything in it is discarded together. */
export interface Running {
  readonly place: Place;
  readonly queue: AppendQueue;
  readonly envelope: Envelope;
  /** Still to be found in the log, and to be equal to what was committed. */
  unverified: OffsetToken | undefined;
  /** Where reading goes on, should it stop. */
  next: SeekTarget;
  /** All that the partition will ever have was delivered. */
  ended: boolean;
}
