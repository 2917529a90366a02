import { kafkaRecords, type ExpectedRecord } from '@das/testing';
import type { StreamContract } from '@das/contracts';
import { KafkaFixture } from '../kafka-source/fixture';
import { Collector } from '../rig/collector';
import { Endpoint } from '../rig/endpoint';

/** A topic of one partition on the real broker, an endpoint, and collectors that come one after the other. */
export class ResumeRig {
  readonly kafka = KafkaFixture.forThisFile();
  endpoint!: Endpoint;
  topic!: string;
  private collectors: Collector[] = [];

  static forThisFile(): ResumeRig {
    const rig = new ResumeRig();
    beforeEach(async () => {
      rig.endpoint = await Endpoint.start();
      rig.topic = await rig.kafka.newTopic();
    });
    afterEach(async () => {
      await Promise.all(rig.collectors.map((collector) => collector.abandon()));
      rig.collectors = [];
      await rig.endpoint.stop();
    });
    return rig;
  }

  /** Another collector of the same name and group, not started. */
  collector(contract: Partial<StreamContract> = {}): Collector {
    const made = new Collector({
      name: 'resume',
      source: this.kafka.source(this.topic),
      endpoint: this.endpoint.url,
      keys: this.endpoint.keys,
      contract,
    });
    this.collectors.push(made);
    return made;
  }

  async start(contract: Partial<StreamContract> = {}): Promise<Collector> {
    return this.collector(contract).start();
  }

  /** Events numbered `from` up to and not including `to`, which are their offsets in a log of its own. */
  async produce(from: number, to: number, note = ''): Promise<void> {
    const numbers = Array.from({ length: to - from }, (_, index) => from + index);
    await this.kafka.send(
      this.topic,
      numbers.map((number) => ({ partition: 0, value: JSON.stringify({ number, note }) })),
    );
  }

  /** Retention takes the records before `offset`. */
  async deleteBefore(offset: number): Promise<void> {
    // kafkajs deletes only of topics that it has heard of.
    await this.kafka.admin.fetchTopicMetadata({ topics: [this.topic] });
    await this.kafka.admin.deleteTopicRecords({
      topic: this.topic,
      partitions: [{ partition: 0, offset: String(offset) }],
    });
  }

  /** The same name, another log. */
  async recreateTopic(): Promise<void> {
    await this.kafka.recreateTopic(this.topic);
  }

  records(): AsyncIterable<ExpectedRecord> {
    return kafkaRecords(this.kafka.broker.brokers, this.topic);
  }
}

/** Places of one epoch, from and up to and not including. */
export function places(epoch: number, from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => `${epoch}/${from + index}`);
}

/** What a run that did its duty leaves. */
export const CLEAN = { lost: 0, duplicated: 0, altered: 0, misordered: 0 };
