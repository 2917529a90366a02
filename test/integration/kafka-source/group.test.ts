import { freePort, leaveAlone, range, SourceReader, until } from '@das/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigResourceTypes } from 'kafkajs';
import { KafkaFixture, kafkaSource, positions } from './fixture';
import { startRival } from './rival';

const kafka = KafkaFixture.forThisFile();

describe('the group', () => {
  it('shares partitions between instances and hands them over without a loss', async () => {
    const topic = await kafka.newTopic(4);
    const fill = async (from: number, to: number): Promise<void> => {
      for (const partition of range(0, 4)) await kafka.produce(topic, from, to, partition);
    };
    await fill(0, 50);
    const a = await kafka.reader(topic).start();
    await until('a has read', () => a.count === 200);
    for (const { partition } of a.held)
      await partition.writeCheckpoint({ position: '49', kind: 'committed' });

    const b = await kafka.reader(topic).start();
    await until('shared', () => a.owned.length === 2 && b.owned.length === 2);
    expect([...a.owned, ...b.owned].sort()).toEqual(['0', '1', '2', '3']);
    const lost = a.held.find(({ revoked }) => revoked)!;
    expect(await lost.partition.proveOwnership()).toBe(false);
    await expect(lost.partition.writeCheckpoint({ position: '0', kind: 'committed' })).rejects.toMatchObject({
      code: 'not_owner',
    });
    await fill(50, 100);
    await until('both have read on', () => a.count + b.count === 400);
    for (const one of b.held) expect(positions(one)).toEqual(range(50, 100));

    await b.source.stop();
    expect(b.held.some(({ revoked }) => revoked)).toBe(false);
    await until('a has all', () => a.owned.length === 4);
    await fill(100, 110);
    await until('a has read all', () =>
      a.held.filter(({ revoked }) => !revoked).every((one) => positions(one).at(-1) === 109),
    );
    for (const one of a.held.filter(({ revoked }) => !revoked)) {
      const seen = positions(one);
      expect(seen).toEqual(range(seen[0]!, 110));
      expect([0, 50]).toContain(seen[0]);
    }
  });

  it('keeps checkpoints of either kind, and takes another tool’s for committed', async () => {
    const topic = await kafka.newTopic();
    const groupId = `${topic}.group`;
    const first = await kafka.reader(topic, leaveAlone).start();
    const { partition } = first.only;
    expect(await partition.readCheckpoint()).toBeUndefined();
    expect(await partition.proveOwnership()).toBe(true);
    expect(await partition.readCheckpoint()).toBeUndefined();
    await partition.writeCheckpoint({ position: '-1', kind: 'started' });
    expect(await partition.readCheckpoint()).toEqual({ position: '-1', kind: 'started' });
    await partition.writeCheckpoint({ position: '41', kind: 'committed' });
    await first.source.stop();

    const second = await kafka.reader(topic, leaveAlone).start();
    expect(await second.only.partition.readCheckpoint()).toEqual({ position: '41', kind: 'committed' });
    expect(await second.only.partition.proveOwnership()).toBe(true);
    await second.source.stop();
    await kafka.admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '7' }] });
    const third = await kafka.reader(topic, leaveAlone).start();
    expect(await third.only.partition.readCheckpoint()).toEqual({ position: '6', kind: 'committed' });
  });

  it('cannot prove ownership after it was away for so long that another member took over', async () => {
    const topic = await kafka.newTopic();
    const { only } = await kafka.reader(topic, leaveAlone, { sessionTimeoutMs: 1_500 }).start();
    await only.partition.writeCheckpoint({ position: '3', kind: 'committed' });
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const rival = startRival(kafka.broker.brokers, topic, flag);
    // This thread stands still, as one that is frozen does, until the rival holds the partition.
    expect(Atomics.wait(flag, 0, 0, 20_000)).toBe('ok');
    expect(await only.partition.proveOwnership()).toBe(false);
    await rival.terminate();
  });
});

describe('trouble', () => {
  it('rejects while the topic is missing, and starts once it is there', async () => {
    const topic = kafka.freshName();
    const instance = kafka.reader(topic);
    expect(await instance.refusal()).toMatchObject({ kind: 'setup', code: 'topic_missing' });
    await kafka.broker.createTopic(topic, 1);
    await instance.start();
    await kafka.produce(topic, 0, 3);
    await until('read', () => instance.count === 3);
  });

  it('stops at once and for good, also twice and while it starts', async () => {
    const topic = await kafka.newTopic();
    const instance = await kafka.reader(topic).start();
    await kafka.produce(topic, 0, 3);
    await until('read', () => instance.count === 3);
    await Promise.all([instance.source.stop(), instance.source.stop()]);
    await kafka.produce(topic, 3, 6);
    await sleep(500);
    expect(instance.count).toBe(3);

    for (const afterMs of [0, 5, 20, 50]) {
      const hasty = kafka.reader(topic);
      const outcome = hasty.start().catch((thrown: unknown) => thrown);
      await sleep(afterMs);
      await hasty.source.stop();
      await outcome;
      expect(hasty.count).toBe(0);
    }
    const { groups } = await kafka.admin.describeGroups([`${topic}.group`]);
    expect(groups[0]!.members).toEqual([]);
  });

  it('says what stops it for as long as it does, and reads on once it is cured', async () => {
    const topic = kafka.freshName();
    const compression = 'compression.type';
    await kafka.broker.createTopic(topic, 1, { [compression]: 'lz4' });
    await kafka.produce(topic, 0, 1);
    const { failures, held } = await kafka.reader(topic).start();
    const refused = () => failures.filter((failure) => failure?.code === 'kafka_compression').length;
    await until('it has tried more than once', () => refused() >= 3);
    expect(failures.slice(failures.findIndex((failure) => failure !== undefined))).not.toContain(undefined);

    const configEntries = [{ name: compression, value: 'producer' }];
    await kafka.admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries }],
    });
    // kafkajs deletes only of topics that it has heard of.
    await kafka.admin.fetchTopicMetadata({ topics: [topic] });
    await kafka.admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '1' }] });
    await kafka.produce(topic, 1, 3);
    await until('it is well', () => failures.at(-1) === undefined);
    expect(held.flatMap(positions)).toEqual([1, 2]);
  });

  it('rejects while no broker is there; says so when one goes away, and reads on when it is back', async () => {
    const nowhere = new SourceReader(kafkaSource([`127.0.0.1:${await freePort()}`], 'any'));
    expect(await nowhere.refusal()).toMatchObject({ kind: 'transient', code: 'broker_unreachable' });

    const topic = await kafka.newTopic();
    const running = await kafka.reader(topic).start();
    await kafka.produce(topic, 0, 10);
    await until('ten', () => running.count === 10);
    await kafka.broker.kill9();
    const late = kafka.reader(topic);
    expect(await late.refusal()).toMatchObject({ kind: 'transient', code: 'broker_unreachable' });
    await until('it says so', () => running.failures.at(-1)?.kind === 'transient');
    await expect(running.only.partition.proveOwnership()).rejects.toMatchObject({ kind: 'transient' });
    running.only.partition.pause();
    running.only.partition.resume();

    await kafka.broker.restart();
    await until('cured', () => running.failures.length > 1 && running.failures.at(-1) === undefined);
    await kafka.produce(topic, 10, 20);
    await until('the rest', () => running.count >= 20);
    expect(running.held.flatMap(positions)).toEqual(range(0, 20));
    await running.source.stop();
    await kafka.coordinatorReady();
    await late.start();
    await until('from the start, as nothing was checkpointed', () => late.count === 20);
  });
});
