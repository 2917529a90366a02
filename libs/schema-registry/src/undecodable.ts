import type { DeadReason } from '@das/pipeline';

/** What bytes, or the schema that they name, are refused for. Never leaves this lib: the decoder turns it into an outcome. */
export class Undecodable extends Error {
  constructor(
    /** The rule that was broken, as in a dead letter's errors. */
    readonly rule: string,
    readonly reason: DeadReason = 'undecodable',
  ) {
    super(`${reason}: ${rule}`);
    this.name = 'Undecodable';
  }
}
