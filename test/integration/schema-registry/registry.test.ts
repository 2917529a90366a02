import { CHANNEL, framed, ORDER_CODECS, SEQUENCE, until } from '@das/testing';
import { FormatRig, RegistryWorld } from './rig';

const EVENTS = 200;

const world = new RegistryWorld();
beforeAll(async () => world.start());
afterAll(async () => world.stop());

describe.each(['json-schema', 'avro', 'protobuf'] as const)('a topic of %s, by a real registry', (format) => {
  const codec = ORDER_CODECS[format]();
  const ids: number[] = [];
  /** An id that nobody registers; one for each format, for the registry's log is one. */
  const unknown = 900_000 + format.length;
  let rig: FormatRig;

  beforeAll(async () => {
    rig = await FormatRig.start(world, format);
    for (const schema of codec.schemas) ids.push(await world.registry.register(`${rig.topic}-value`, schema));
  });
  // Undefined where it did not start.
  afterAll(async () => (rig as FormatRig | undefined)?.stop());

  it('lands every event once, by two schemas in turns, and refuses what cannot be read', async () => {
    const events = rig.events(EVENTS);
    const [first = 0, second = 0] = ids;
    const values = events.map((event, index) => {
      const version = index % 2;
      return framed(ids[version] ?? 0, codec.encode(event, version));
    });
    const [good = Buffer.alloc(0)] = values;
    await rig.produce([
      ...values.slice(0, 50),
      Buffer.from('{"not":"framed"}'),
      ...Array<Buffer>(20).fill(framed(unknown, Buffer.of(1))),
      good.subarray(0, good.length - 3),
      null,
      ...values.slice(50),
    ]);
    await rig.startInProcess();
    await until('everything is in the lake', async () => (await rig.count('true')) === EVENTS + 22);

    const dead = await rig.query(
      "SELECT DEAD_REASON AS reason, DEAD_STAGE AS stage, count(*)::INT AS n FROM bronze WHERE OUTCOME = 'dead' GROUP BY ALL ORDER BY reason",
    );
    const cut = format === 'json-schema' ? ['not_json', 'parse'] : ['undecodable', 'decode'];
    expect(dead.map(({ reason, stage, n }) => [reason, stage, n])).toEqual(
      [
        [...cut, 1],
        ['not_wire_format', 'decode', 1],
        ['unknown_schema', 'decode', 20],
      ].sort(),
    );
    const landed = await rig.query(
      "SELECT EVENT_ID, EVENT_TYPE, PAYLOAD FROM bronze WHERE OUTCOME = 'landed'",
    );
    const byId = new Map(landed.map((row) => [String(row.EVENT_ID), String(row.PAYLOAD)]));
    expect(byId.size).toBe(EVENTS);
    for (const [index, event] of events.entries()) {
      const payload = byId.get(String(event.event_id)) ?? '{}';
      expect(payload).toContain(`"sequence":${SEQUENCE}`);
      const read = JSON.parse(payload) as Record<string, unknown>;

      const { event_ts: happened, coupon, ...rest } = event;
      expect(Date.parse(String(read.event_ts))).toBe(Date.parse(happened));
      expect(read).toMatchObject(rest);
      expect(read.coupon ?? null).toBe(coupon);
      expect(read.channel ?? null).toBe(index % 2 === 1 ? CHANNEL : null);
    }
    // Asked for once each, what nobody registered too.
    await until(
      'the registry has written its log',
      () => world.registry.requests(`/schemas/ids/${unknown}`) > 0,
    );
    for (const id of [first, second, unknown])
      expect([id, world.registry.requests(`/schemas/ids/${id}`)]).toEqual([id, 1]);
  });
});

describe('a collector of Avro, as a process', () => {
  const codec = ORDER_CODECS.avro();
  let rig: FormatRig;

  beforeAll(async () => {
    rig = await FormatRig.start(world, 'avro', 'orders.outage');
  });
  afterAll(async () => (rig as FormatRig | undefined)?.stop());

  it('waits while the registry is gone: nothing is dead, lost or doubled', async () => {
    const [first, second] = codec.schemas;
    const ids = [
      await world.registry.register('orders.outage-value', first),
      await world.registry.register('orders.outage-value', second),
    ];
    let produced = 0;
    const produce = async (count: number, version: number): Promise<void> => {
      const events = rig.events(count);
      await rig.produce(events.map((event) => framed(ids[version] ?? 0, codec.encode(event, version))));
      produced += count;
    };
    const landed = async (count: number) =>
      until(`${count} are in the lake`, async () => (await rig.count('true')) === count, 30_000);

    let health = await rig.startCollector();
    await produce(100, 0);
    await landed(100);
    await world.registry.kill9();
    // What is known is read on.
    await produce(100, 0);
    await landed(200);
    await produce(100, 0);
    await produce(100, 1);
    await produce(100, 0);
    await rig.notReady(health, 'registry_unreachable');
    // One that knows no schema at all waits as well.
    await rig.stopCollector();
    health = await rig.startCollector();
    await rig.notReady(health, 'registry_unreachable');
    expect(await rig.count("OUTCOME = 'dead'")).toBe(0);

    await world.registry.restart();
    await landed(produced);
    await until('it is ready', async () => (await fetch(`${health}/health/ready`)).status === 200);
    expect(await rig.query(COUNTS)).toEqual([
      { rows: produced, positions: produced, events: produced, landed: produced },
    ]);
    // Not by each record: once by each collector, and a few times in vain while the registry was starting.
    for (const id of ids) expect(world.registry.requests(`/schemas/ids/${id}`)).toBeLessThan(8);
  });

  it('has a record replayed once its schema is registered', async () => {
    const before = await rig.count('true');
    const [event] = rig.events(1);
    const { schemaType, schema } = codec.schemas[0];
    // Registries count: the one before it tells the id of the next one.
    const next = (await world.registry.register('earlier', { schemaType, schema: again(schema, 'one') })) + 1;
    await rig.produce([framed(next, codec.encode(event!, 0))]);
    await until('it is refused', async () => (await rig.count("DEAD_REASON = 'unknown_schema'")) === 1);
    expect(await rig.count('true')).toBe(before + 1);
    expect(await world.registry.register('later', { schemaType, schema: again(schema, 'two') })).toBe(next);

    const replay = ['dlq', 'replay', '--stream', 'orders_events_v1', '--reason', 'unknown_schema'];
    const { code, stdout } = await rig.das(...replay);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ read: 1, landed: 1, dead: 0, committed: 1 });
    const rows = await rig.query(
      'SELECT OUTCOME AS outcome, EVENT_ID AS id, PAYLOAD AS payload FROM bronze WHERE REPLAY_OF IS NOT NULL',
    );
    expect(rows).toEqual([
      {
        outcome: 'landed',
        id: event?.event_id,
        payload: expect.stringContaining(`"sequence":${SEQUENCE}`) as string,
      },
    ]);
  });
});

/** Another schema to the registry, and the same to whoever reads by it. */
function again(schema: string, doc: string): string {
  return schema.replace('{', `{"doc":"${doc}",`);
}

const COUNTS = `SELECT count(*)::INT AS rows, count(DISTINCT SOURCE_PARTITION || '/' || SOURCE_OFFSET)::INT AS positions,
  count(DISTINCT EVENT_ID)::INT AS events, count(*) FILTER (WHERE OUTCOME = 'landed')::INT AS landed FROM bronze`;
