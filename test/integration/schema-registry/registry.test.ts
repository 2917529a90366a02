import { until } from '@das/testing';
import { CHANNEL, CODECS, framed, SEQUENCE } from './formats';
import { FormatRig, RegistryWorld } from './rig';

const EVENTS = 200;

const world = new RegistryWorld();
beforeAll(async () => world.start());
afterAll(async () => world.stop());

describe.each(['json-schema', 'avro', 'protobuf'] as const)('a topic of %s, by a real registry', (format) => {
  const codec = CODECS[format]();
  const ids: number[] = [];
  let rig: FormatRig;

  beforeAll(async () => {
    rig = await FormatRig.start(world, format);
    for (const schema of codec.schemas) ids.push(await world.registry.register(`${rig.topic}-value`, schema));
  });
  afterAll(async () => rig.stop());

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
      ...Array<Buffer>(20).fill(framed(987_654, Buffer.of(1))),
      good.subarray(0, good.length - 9),
      null,
      ...values.slice(50),
    ]);
    await rig.startCollector();
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
      expect(Date.parse(String(read.event_ts))).toBe(Date.parse(event.event_ts));
      const { event_ts: _, coupon, ...rest } = event;
      expect(read).toMatchObject(rest);
      expect(read.coupon ?? null).toBe(coupon);
      expect(read.channel ?? null).toBe(index % 2 === 1 ? CHANNEL : null);
    }
    // Asked for once each, what nobody registered too.
    await until('the registry has written its log', () => world.registry.requests('/schemas/ids/987654') > 0);
    for (const id of [first, second, 987_654])
      expect([id, world.registry.requests(`/schemas/ids/${id}`)]).toEqual([id, 1]);
  });

  it('replays a record once its schema is registered', async () => {
    await rig.stopCollector();
    const before = await rig.count('true');
    const [event] = rig.events(1);
    const next = Math.max(...ids) + 1;
    await rig.produce([framed(next, codec.encode(event!, 0))]);
    await rig.startCollector();
    await until('it is refused', async () => (await rig.count('true')) === before + 1);
    const late = { ...codec.schemas[0], schema: laterSchema(codec.schemas[0].schema) };
    expect(await world.registry.register(`${rig.topic}-later`, late)).toBe(next);
    ids.push(next);

    const replay = ['dlq', 'replay', '--stream', 'orders_events_v1', '--reason', 'unknown_schema'];
    const { code, stdout, stderr } = await rig.das(...replay);
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    // The others' id is unknown for good: dead letters of their own again.
    expect(JSON.parse(stdout)).toMatchObject({ read: 21, landed: 1, dead: 20 });
    const [row] = await rig.query(
      "SELECT EVENT_ID AS id, PAYLOAD AS payload FROM bronze WHERE REPLAY_OF IS NOT NULL AND OUTCOME = 'landed'",
    );
    expect(row?.id).toBe(event?.event_id);
    expect(String(row?.payload)).toContain(`"sequence":${SEQUENCE}`);
  });
});

/** Another schema to the registry, and the same to whoever reads by it. */
function laterSchema(schema: string): string {
  return schema.startsWith('{') ? schema.replace('{', '{"doc":"later",') : `${schema}\nmessage Later {}`;
}

describe('a registry that is killed and comes back', () => {
  it('makes the collector wait: nothing is dead, lost or doubled', async () => {
    const codec = CODECS.avro();
    const rig = await FormatRig.start(world, 'avro', 'orders.outage');
    try {
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
      // Asked by each collector once it could be asked; not by each record, nor without end while it was gone.
      expect(world.registry.requests(`/schemas/ids/${ids[1]}`)).toBe(1);
      expect(world.registry.requests(`/schemas/ids/${ids[0]}`)).toBe(2);
    } finally {
      await rig.stop();
    }
  });
});

const COUNTS = `SELECT count(*)::INT AS rows, count(DISTINCT SOURCE_PARTITION || '/' || SOURCE_OFFSET)::INT AS positions,
  count(DISTINCT EVENT_ID)::INT AS events, count(*) FILTER (WHERE OUTCOME = 'landed')::INT AS landed FROM bronze`;
