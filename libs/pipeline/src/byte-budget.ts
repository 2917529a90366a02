/**
 * Bytes held in memory between reading and appending, of one process. Each partition has its own share, so
 * that one slow channel cannot take everything; when either is spent, reading pauses.
 */
export class ByteBudget {
  private held = 0;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly limits: { readonly processBytes: number; readonly partitionBytes: number }) {}

  get heldBytes(): number {
    return this.held;
  }

  hold(bytes: number): void {
    this.held += bytes;
  }

  release(bytes: number): void {
    this.held -= bytes;
    if (this.held >= this.limits.processBytes) return;
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const wake of woken) wake();
  }

  /** @param partitionHeld - what this partition holds of it */
  isSpent(partitionHeld: number): boolean {
    return this.held >= this.limits.processBytes || partitionHeld >= this.limits.partitionBytes;
  }

  /** Calls back once, when the process as a whole has room again. */
  whenRoom(callback: () => void): void {
    this.waiting.add(callback);
  }
}
