import { Worker } from 'node:worker_threads';

/**
 * A plain member of the same group, on a thread of its own, so that it lives while the test's thread stands
 * still. It sets and wakes `flag[0]` when it is assigned something.
 */
export function startRival(brokers: readonly string[], topic: string, flag: Int32Array): Worker {
  return new Worker(RIVAL, { eval: true, workerData: { flag, brokers, topic } });
}

const RIVAL = `
  const { workerData: { flag, brokers, topic } } = require('node:worker_threads');
  const { Kafka, logLevel } = require('kafkajs');
  const consumer = new Kafka({ brokers, logLevel: logLevel.NOTHING }).consumer({
    groupId: topic + '.group', sessionTimeout: 6000, heartbeatInterval: 2000,
  });
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    if (!(topic in payload.memberAssignment)) return;
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
  });
  consumer.connect()
    .then(() => consumer.subscribe({ topic }))
    .then(() => consumer.run({ autoCommit: false, eachBatch: async () => undefined }));
`;
