import { BronzeStream, openLandedLake, type LandedLake } from '@das/testing';

const DAY_MS = 24 * 3_600_000;
/** Of history: as the compaction of a busy day would leave it. */
const ROWS_PER_OLD_FILE = 5_000;
/** Of what is new: as commits leave it. */
const ROWS_PER_NEW_FILE = 250;
/** Troubles as a stream in service has them. */
const RATES = {
  repeated: 0.01,
  corrected: 0.001,
  heldBack: 0.01,
  sameTime: 0.01,
  behind: 0.005,
  late: 0.01,
  clockAhead: 0.001,
  otherNotation: 0.001,
  dead: 0.01,
  replayed: 0.0005,
};

/** A lake of both streams of BROOK_COMMERCE that gets more rows, half of them orders and half logins. */
export class GrowingLake {
  private constructor(
    private readonly landed: LandedLake,
    private readonly streams: readonly BronzeStream[],
  ) {}

  /** @param size - how many rows it is going to have: customers are in proportion */
  static async make(lake: string, size: number, seed: number): Promise<GrowingLake> {
    const untilMs = Date.now();
    const streams = (['orders', 'auth'] as const).map(
      (stream) =>
        new BronzeStream({
          stream,
          seed,
          size: size / 2,
          fromMs: untilMs - 3 * DAY_MS,
          untilMs,
          rates: RATES,
        }),
    );
    return new GrowingLake(await openLandedLake(lake), streams);
  }

  async addHistory(rows: number): Promise<void> {
    await this.add(rows, ROWS_PER_OLD_FILE);
  }

  async addNew(rows: number): Promise<void> {
    await this.add(rows, ROWS_PER_NEW_FILE);
  }

  close(): void {
    this.landed.close();
  }

  private async add(rows: number, rowsPerFile: number): Promise<void> {
    const each = Math.floor(rows / this.streams.length);
    for (const stream of this.streams) await this.landed.land(stream.name, stream.take(each), rowsPerFile);
  }
}
