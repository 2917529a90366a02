/** Rows that the table refused, by the counts that each channel's status gives. */
export class RejectedRows {
  private count = 0;
  /** Of the channel that the count is of. */
  private epoch: number | undefined;

  /**
   * A channel was opened. What was refused before this session is not its matter; what was between two of its
   * openings is.
   * @returns how many that are
   */
  opened(epoch: number, count: number): number {
    const missed = epoch === this.epoch ? count - this.count : 0;
    this.epoch = epoch;
    this.count = count;
    return Math.max(0, missed);
  }

  /** @returns how many more there are */
  counted(count: number): number {
    const more = Math.max(0, count - this.count);
    this.count += more;
    return more;
  }
}
