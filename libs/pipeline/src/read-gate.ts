import type { ByteBudget } from './byte-budget';
import type { SourcePartition } from './ports/source';

/** Pauses and resumes the reading of one partition as the byte budget is spent and comes back. */
export class ReadGate {
  private paused = false;
  /** Shut for good or until `open`: no room in the budget opens it. */
  private shut = true;

  /** @param held - bytes that the partition holds now */
  constructor(
    private readonly partition: SourcePartition,
    private readonly budget: ByteBudget,
    private readonly held: () => number,
  ) {}

  open(): void {
    this.shut = false;
    this.paused = false;
    this.partition.resume();
  }

  close(): void {
    this.shut = true;
    this.pause();
  }

  /** After more was read. */
  narrow(): void {
    if (this.paused || !this.budget.isSpent(this.held())) return;
    this.pause();
    this.waitForRoom();
  }

  /** After something was appended. */
  widen(): void {
    if (!this.paused || this.shut) return;
    if (this.budget.isSpent(this.held())) {
      this.waitForRoom();
      return;
    }
    this.paused = false;
    this.partition.resume();
  }

  private waitForRoom(): void {
    this.budget.whenRoom(this.onRoom);
  }

  /** One function per gate, so that waiting twice is waiting once. */
  private readonly onRoom = (): void => {
    this.widen();
  };

  private pause(): void {
    this.paused = true;
    this.partition.pause();
  }
}
