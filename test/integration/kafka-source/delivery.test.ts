import { connectProducer, kafkaClient, leaveAlone, range, text, until } from '@das/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { KafkaFixture, positions } from './fixture';

const kafka = KafkaFixture.forThisFile();

describe('delivery', () => {
  it('delivers every record of every partition once and in order', async () => {
    const topic = await kafka.newTopic(6);
    const { held, ...instance } = await kafka.reader(topic).start();
    await Promise.all(
      range(0, 6).map(async (partition) => {
        for (const from of [0, 500, 1000]) await kafka.produce(topic, from, from + 500, partition);
      }),
    );
    await until('all are read', () => held.reduce((sum, one) => sum + one.records.length, 0) >= 9_000);
    expect(instance.source.name).toBe(`kafka:${topic}`);
    for (const one of held) {
      expect(one.records.map(({ position, value }) => `${position} ${text(value)}`)).toEqual(
        range(0, 1500).map((index) => `${index} ${one.partition.id}/${index}`),
      );
    }
  });

  it('gives keys, headers, timestamps and tombstones as they were sent', async () => {
    const topic = await kafka.newTopic();
    const headers = { traceparent: '00-1', many: ['a', 'b'] };
    await kafka.send(topic, [
      { key: 'k', value: 'v', headers, timestamp: '1767225600000' },
      { key: 'k', value: null },
      { value: '' },
    ]);
    const { only } = await kafka
      .reader(topic)
      .start()
      .then(async (instance) => {
        await until('three', () => instance.count === 3);
        return instance;
      });
    const [full, tombstone, empty] = only.records;
    expect(full).toMatchObject({ position: '0', timestampMs: 1767225600000 });
    expect([text(full!.key), text(full!.value)]).toEqual(['k', 'v']);
    expect(full!.headers.map(([name, value]) => [name, text(value)])).toEqual([
      ['traceparent', '00-1'],
      ['many', 'a'],
      ['many', 'b'],
    ]);
    expect(tombstone).toMatchObject({ value: null, headers: [] });
    expect(empty!.key).toBeNull();
    expect(text(empty!.value)).toBe('');
  });

  it('passes over aborted transactions and control records', async () => {
    const topic = await kafka.newTopic();
    const transactional = kafkaClient(kafka.broker.brokers).producer({
      transactionalId: topic,
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await transactional.connect();
    const instance = await kafka.reader(topic).start();
    for (const fate of ['commit', 'abort', 'abort', 'commit', 'abort'] as const) {
      const transaction = await transactional.transaction();
      await transaction.send({ topic, messages: [{ value: fate }, { value: fate }] });
      await transaction[fate]();
      await sleep(100);
    }
    await kafka.produce(topic, 0, 1);
    await transactional.disconnect();
    await until('all that was committed', () => instance.count === 5);
    expect(instance.only.records.map(({ value }) => text(value))).toEqual([
      'commit',
      'commit',
      'commit',
      'commit',
      '0/0',
    ]);
    expect(instance.only.disturbed).toBe(0);
  });
});

describe('the log moves', () => {
  it('tells that retention passed the position, and keeps the checkpoint that kafkajs erases', async () => {
    const topic = await kafka.newTopic();
    await kafka.produce(topic, 0, 10);
    const instance = await kafka.reader(topic).start();
    await until('ten', () => instance.count === 10);
    const { only } = instance;
    await only.partition.writeCheckpoint({ position: '9', kind: 'committed' });
    only.partition.pause();
    await kafka.produce(topic, 10, 20);
    // kafkajs deletes records only of topics that it has looked at.
    await kafka.admin.fetchTopicOffsets(topic);
    await kafka.admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '15' }] });
    only.partition.resume();
    await until('disturbed', () => only.disturbed === 1);
    expect(instance.count).toBe(10);
    expect(await only.partition.bounds()).toEqual({ before: '14', last: '19' });
    expect(await only.partition.readCheckpoint()).toEqual({ position: '9', kind: 'committed' });
    expect(await only.partition.proveOwnership()).toBe(true);
    const [group] = await kafka.admin.fetchOffsets({ groupId: `${topic}.group`, topics: [topic] });
    expect(group!.partitions).toMatchObject([{ partition: 0, offset: '10', metadata: 'committed' }]);

    only.partition.seek({ after: '14' });
    only.partition.resume();
    await until('the rest', () => instance.count === 15);
    expect(positions(only).slice(10)).toEqual(range(15, 20));
  });

  it('tells that the position is beyond the end', async () => {
    const topic = await kafka.newTopic();
    await kafka.produce(topic, 0, 5);
    const instance = await kafka.reader(topic, leaveAlone).start();
    instance.only.partition.seek({ at: '1000' });
    await until('disturbed', () => instance.only.disturbed === 1);
    expect(instance.count).toBe(0);
  });

  it('picks up a partition that is added, and reads the others on where they stood', async () => {
    const topic = await kafka.newTopic();
    const instance = await kafka.reader(topic).start();
    await kafka.produce(topic, 0, 50);
    await until('fifty', () => instance.count === 50);
    await kafka.admin.createPartitions({ topicPartitions: [{ topic, count: 2 }] });
    await until('the new one', () => instance.owned.length === 2);
    await kafka.produce(topic, 50, 100);
    // The other producer does not know of the new partition yet, and would drop the record in silence.
    const informed = await connectProducer(kafka.broker.brokers);
    await informed.send({ topic, messages: [{ partition: 1, value: '1/0' }] });
    await informed.disconnect();
    await until('both are read', () => instance.count === 101);
    expect(positions(instance.only)).toEqual(range(0, 100));
    expect(instance.only.revoked).toBe(false);
  });
});
