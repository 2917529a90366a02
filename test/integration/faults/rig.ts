import { join } from 'node:path';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import { createJournalSource, createJournalWriter, type JournalWriter } from '@das/source-journal';
import { journalRecords, until } from '@das/testing';
import { Collector, type CollectorOptions } from '../rig/collector';
import { Endpoint } from '../rig/endpoint';

const { topic } = ordersEventsV1.source;

/** One partition of a journal, an endpoint that takes faults, and a collector between them. */
export class FaultRig {
  endpoint!: Endpoint;
  collector!: Collector;
  private writer!: JournalWriter;
  private produced = 0;

  static forThisFile(): FaultRig {
    const rig = new FaultRig();
    beforeEach(() => rig.start());
    afterEach(() => rig.stop());
    return rig;
  }

  /** Starts the collector. Twenty events are committed then, so that the channel is one in service. */
  async inService(options: Partial<CollectorOptions> = {}): Promise<Collector> {
    this.collector = new Collector({
      name: 'faults',
      source: createJournalSource({ dir: this.journal, topic, consumer: 'faults', pollMs: 10 }),
      endpoint: this.endpoint.url,
      keys: this.endpoint.keys,
      ...options,
    });
    await this.produce(20);
    await this.collector.start();
    await this.collector.committed(20);
    return this.collector;
  }

  async produce(events: number): Promise<void> {
    for (let event = 0; event < events; event++)
      this.writer.append(0, Buffer.from(`{"number":${this.produced++}}`));
    await this.writer.flush();
  }

  /** Commits a fault, then produces so many events. */
  async meet(fault: Readonly<Record<string, unknown>>, events = 20): Promise<void> {
    await this.endpoint.faults.commit(fault);
    await this.produce(events);
  }

  /** The endpoint has received everything that was produced. */
  async received(): Promise<void> {
    const { counts } = this.collector;
    await until('all is received', () => counts.landed >= this.produced && counts.heldBytes === 0);
  }

  /** Everything that was produced becomes committed without one more event, exactly once. @param lost - by design */
  async isWhole({ lost = 0 } = {}): Promise<void> {
    await until('everything is committed', async () => {
      const { rows } = await this.recount();
      return rows >= this.produced - lost;
    });
    expect(await this.recount()).toMatchObject({
      produced: this.produced,
      lost,
      duplicated: 0,
      altered: 0,
      misordered: 0,
    });
    expect(this.collector.fatal).toEqual([]);
  }

  private get journal(): string {
    return join(this.endpoint.dir, 'journal');
  }

  private async recount() {
    return this.endpoint.recount(journalRecords(this.journal, topic));
  }

  private async start(): Promise<void> {
    this.endpoint = await Endpoint.start();
    this.produced = 0;
    this.writer = createJournalWriter({ dir: this.journal, topic, partitions: 1 });
    await this.writer.flush();
  }

  private async stop(): Promise<void> {
    await this.collector.abandon();
    await this.writer.close();
    await this.endpoint.stop();
  }
}

/** The channel of the rig's only partition. */
export const CHANNEL = `faults__${ordersEventsV1.stream}__1__0`;
