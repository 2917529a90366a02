import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import {
  FaultyEndpoint,
  freePort,
  makeKeys,
  queryLake,
  recount,
  startLocalSnowpipe,
  type ExpectedRecord,
  type ManagedProcess,
  type Recount,
  type RunKeys,
} from '@das/testing';

/** An endpoint of one test, which takes faults, and its lake. */
export class Endpoint {
  private constructor(
    readonly dir: string,
    readonly url: string,
    readonly keys: RunKeys,
    private readonly port: number,
    private process: ManagedProcess,
  ) {}

  static async start(): Promise<Endpoint> {
    const dir = mkdtempSync(join(tmpdir(), 'das-rig-'));
    const port = await freePort();
    const { process, url } = await launch(dir, port);
    return new Endpoint(dir, url, makeKeys(join(dir, 'keys')), port, process);
  }

  get faults(): FaultyEndpoint {
    return new FaultyEndpoint(this.url, ordersEventsV1.table);
  }

  get lake(): string {
    return join(this.dir, 'lake');
  }

  async kill9(): Promise<void> {
    await this.process.kill9();
  }

  async restart(): Promise<void> {
    this.process = (await launch(this.dir, this.port)).process;
  }

  async stop(): Promise<void> {
    await this.process.stop();
    rmSync(this.dir, { recursive: true });
  }

  /** What the oracle finds. */
  async recount(records: AsyncIterable<ExpectedRecord>): Promise<Recount> {
    return recount({ lake: this.lake, table: ordersEventsV1.table, records });
  }

  /** `<epoch>/<offset>` of every row, in the order of epochs and offsets. */
  async places(): Promise<readonly string[]> {
    const rows = await queryLake(
      this.lake,
      ordersEventsV1.table,
      `SELECT SOURCE_EPOCH || '/' || SOURCE_OFFSET AS place FROM bronze
       ORDER BY SOURCE_EPOCH, SOURCE_OFFSET::BIGINT`,
    );
    return rows.map(({ place }) => String(place));
  }
}

async function launch(dir: string, port: number) {
  const logFile = join(dir, 'endpoint.log');
  return startLocalSnowpipe({
    lake: join(dir, 'lake'),
    port,
    logFile,
    args: ['--faults', '--commit-ms', '20'],
  });
}
