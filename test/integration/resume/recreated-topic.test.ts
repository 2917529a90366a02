import { until } from '@das/testing';
import { places, ResumeRig } from './rig';

const rig = ResumeRig.forThisFile();

/** Ten records are committed; then the topic is another one of the same name, with so many records. */
async function replaceTopic(records: number): Promise<void> {
  await rig.produce(0, 10);
  const first = await rig.start();
  await first.committed(10);
  expect(await first.stop()).toBe(true);
  await rig.recreateTopic();
  await rig.produce(0, records, 'of the new log');
}

describe.each([
  ['fewer', 4],
  ['more', 25],
])('a topic that was made anew with %s records', (_, records) => {
  it('stops the partition, and nothing is appended', async () => {
    await replaceTopic(records);
    const collector = await rig.start();
    const failure = await collector.stopped('log_recreated');
    expect(failure).toMatchObject({
      kind: 'setup',
      cure: expect.stringContaining('onOffsetRegression') as string,
    });
    expect(collector.count('append')).toBe(0);
    expect(await rig.endpoint.places()).toEqual(places(1, 0, 10));
  });

  it('goes on in the next epoch where the contract says so, and stays there', async () => {
    await replaceTopic(records);
    const restarting = { onOffsetRegression: 'restart' } as const;
    const collector = await rig.start(restarting);
    await collector.committed(records);
    expect(await collector.stop()).toBe(true);
    const next = await rig.start(restarting);
    await rig.produce(records, records + 5, 'of the new log');
    await next.committed(5);
    expect(await rig.endpoint.places()).toEqual([...places(1, 0, 10), ...places(2, 0, records + 5)]);
  });
});

it('is noticed by a collector that runs, and nothing of the new log is passed over', async () => {
  await rig.produce(0, 10);
  const collector = await rig.start({ onOffsetRegression: 'restart' });
  await collector.committed(10);
  await rig.recreateTopic();
  await rig.produce(0, 15, 'of the new log');
  await collector.committed(25);
  expect(await rig.endpoint.places()).toEqual([...places(1, 0, 10), ...places(2, 0, 15)]);
});

// Last: nothing else of this file expects a broker that comes and goes.
it('stays the log that it is when the broker is killed, and everything after that lands', async () => {
  await rig.produce(0, 10);
  const collector = await rig.start({ onOffsetRegression: 'restart' });
  await collector.committed(10);
  await rig.recreateTopic();
  await rig.produce(0, 15, 'of the new log');
  await collector.committed(25);
  collector.sourceFailures.length = 0;

  await rig.kafka.broker.kill9();
  await until('it misses the broker', () => collector.sourceFailures.length > 0);
  await rig.kafka.broker.restart();
  await until('it is well again', () => collector.ingest.health().failure === undefined);
  await rig.produce(15, 20, 'of the new log');
  await collector.committed(30);
  expect(await rig.endpoint.places()).toEqual([...places(1, 0, 10), ...places(2, 0, 20)]);
  // Nothing that an operator would have to see to.
  expect(collector.sourceFailures.filter(({ kind }) => kind !== 'transient')).toEqual([]);
  expect(collector.fatal).toEqual([]);
});
