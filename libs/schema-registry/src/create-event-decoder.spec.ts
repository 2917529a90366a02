import { ManualClock } from '@das/testing';
import type { EventDecoder } from '@das/pipeline';
import { createEventDecoder } from './create-event-decoder';
import type { RegistryFormat } from './registry/load-schema';
import { ScriptedRegistry } from './testing/scripted-registry';

const framed = (id: number, ...payload: readonly number[]): Buffer => {
  const bytes = Buffer.from([0, 0, 0, 0, 0, ...payload]);
  bytes.writeUInt32BE(id, 1);
  return bytes;
};
const RECORD = { type: 'record', name: 'R', fields: [{ name: 'x', type: 'long' }] };

describe('the decoder', () => {
  let registry: ScriptedRegistry;
  let clock: ManualClock;
  let decoder: EventDecoder;

  const open = (format: RegistryFormat, credentials?: { username: string; password: string }): void => {
    decoder = createEventDecoder({
      format,
      registry: { url: registry.url, ...(credentials && { credentials }) },
      clock,
    });
  };
  /** What the pipeline does: asks, and then decodes. */
  const decode = async (value: Buffer): Promise<unknown> => {
    if (decoder.ready([{ value }]) === 0) await decoder.prepare([{ value }]);
    const decoded = decoder.decode(value);
    return decoded instanceof Uint8Array ? Buffer.from(decoded).toString() : decoded;
  };

  beforeEach(async () => {
    registry = await ScriptedRegistry.start();
    clock = new ManualClock();
    open('avro');
  });
  afterEach(async () => {
    await decoder.close();
    await registry.stop();
  });

  it('asks for a schema once, however many records and partitions wait for it', async () => {
    registry.register(7, RECORD);
    const records = Array.from({ length: 100 }, () => ({ value: framed(7, 2) }));
    expect(decoder.ready(records)).toBe(0);
    await Promise.all([decoder.prepare(records), decoder.prepare(records)]);
    expect(decoder.ready(records)).toBe(100);
    expect(await decode(framed(7, 4))).toBe('{"x":2}');
    clock.advance(86_400_000);
    expect(await decode(framed(7, 6))).toBe('{"x":3}');
    expect(registry.asked).toEqual(['/base/schemas/ids/7']);
    expect(registry.authorisations).toEqual([undefined]);
  });

  it('shows its credentials', async () => {
    open('json-schema', { username: 'user', password: 'pass:word' });
    registry.register(1, {}, { schemaType: 'JSON' });
    expect(await decode(framed(1, 0x7b, 0x7d))).toBe('{}');
    expect(registry.authorisations).toEqual([`Basic ${Buffer.from('user:pass:word').toString('base64')}`]);
  });

  it('reads each format by a schema of its own type, and everything it refers to', async () => {
    registry.register(1, '{"$ref":"x.json"}', {
      schemaType: 'JSON',
      references: [{ name: 'x.json', subject: 'x', version: 1 }],
    });
    open('json-schema');
    // As it was sent, byte for byte; what the schema refers to is nobody's matter.
    expect(await decode(framed(1, ...Buffer.from('{ "a": 1.10 }\n')))).toBe('{ "a": 1.10 }\n');

    registry.register(2, 'syntax = "proto3"; import "n.proto"; message M { N n = 1; }', {
      schemaType: 'PROTOBUF',
      references: [{ name: 'n.proto', subject: 'n', version: 3 }],
    });
    registry.registerVersion('n', 3, 'syntax = "proto3"; import "o.proto"; message N { O o = 1; }', {
      references: [{ name: 'o.proto', subject: 'o', version: 1 }],
    });
    registry.registerVersion('o', 1, 'syntax = "proto3"; message O { int32 x = 1; }');
    open('protobuf');
    expect(await decode(framed(2, 0, 0x0a, 4, 0x0a, 2, 0x08, 9))).toBe('{"n":{"o":{"x":9}}}');

    open('avro');
    registry.register(
      3,
      { type: 'array', items: 'R' },
      { references: [{ name: 'R', subject: 'r', version: 1 }] },
    );
    registry.registerVersion('r', 1, RECORD);
    expect(await decode(framed(3, 2, 8, 0))).toBe('[{"x":4}]');
  });

  it.each([
    ['no magic byte', Buffer.from('{"x":1}'), 'not_wire_format', 'magicByte'],
    ['no whole header', Buffer.of(0, 0, 0, 1), 'not_wire_format', 'magicByte'],
    ['nothing', Buffer.alloc(0), 'not_wire_format', 'magicByte'],
    ['an id that nobody registered', framed(77, 2), 'unknown_schema', 'schemaId'],
    ['an id of 32 bits', framed(0xfffffffe, 2), 'unknown_schema', 'schemaId'],
    ['a schema of another type', framed(1, 2), 'undecodable', 'schemaType'],
    ['a schema that is none', framed(2, 2), 'undecodable', 'schema'],
    ['a schema of 2 MB', framed(3, 2), 'undecodable', 'schemaSize'],
    ['a schema that refers to what is gone', framed(4, 2), 'undecodable', 'references'],
    ['bytes that end too soon', framed(5), 'undecodable', 'truncated'],
    ['bytes after the end', framed(5, 2, 2), 'undecodable', 'trailingBytes'],
  ])('refuses %s', async (_, value, reason, rule) => {
    registry.register(1, {}, { schemaType: 'JSON' });
    registry.register(2, { type: 'nonsense' });
    registry.register(3, `"${'x'.repeat(2_000_000)}"`);
    registry.register(4, RECORD, { references: [{ name: 'X', subject: 'x', version: 1 }] });
    registry.register(5, RECORD);
    expect(await decode(value)).toEqual(expect.objectContaining({ reason, rule }));
  });

  it('does not ask again for what is unknown until a minute is over', async () => {
    const unknown = expect.objectContaining({ reason: 'unknown_schema' }) as unknown;
    for (let times = 0; times < 50; times++) expect(await decode(framed(9, 2))).toEqual(unknown);
    registry.register(9, RECORD);
    clock.advance(59_000);
    expect(await decode(framed(9, 2))).toEqual(unknown);
    expect(registry.asked).toHaveLength(1);
    clock.advance(1_000);
    expect(await decode(framed(9, 2))).toBe('{"x":1}');
    expect(registry.asked).toHaveLength(2);
  });

  it.each([
    ['503', { status: 503, body: '' }, 'transient', 'registry_unavailable'],
    ['429', { status: 429, body: '' }, 'transient', 'registry_unavailable'],
    ['nothing', 'hang up', 'transient', 'registry_unreachable'],
    ['401', { status: 401, body: 'a-secret' }, 'setup', 'registry_not_authorised'],
    ['403', { status: 403, body: 'a-secret' }, 'setup', 'registry_not_authorised'],
    ['a 404 that is not the registry’s', { status: 404, body: '' }, 'setup', 'registry_url'],
    ['a redirection', { status: 302, body: '' }, 'setup', 'registry_url'],
    ['a page', { status: 200, body: '<html>a-secret</html>' }, 'setup', 'registry_url'],
  ] as const)('refuses no record where the registry answers with %s', async (_, trouble, kind, code) => {
    registry.register(7, RECORD);
    registry.trouble = trouble;
    const records = [7, 8, 9, 10, 11, 12, 13].map((id) => ({ value: framed(id, 2) }));
    await decoder.prepare(records);
    expect(decoder.ready(records)).toBe(0);
    // At most as many as were under way side by side, twice where that may help.
    expect(registry.asked.length).toBeLessThanOrEqual(8);
    const act = () => decoder.decode(framed(7, 2));
    expect(act).toThrow(expect.objectContaining({ kind, code }) as Error);
    expect(act).not.toThrow(/a-secret/);
    registry.trouble = undefined;
    await decoder.prepare(records);
    expect(await decode(framed(7, 2))).toBe('{"x":1}');
  });

  it('goes on with what it knows while the registry is gone', async () => {
    registry.register(7, RECORD);
    await decode(framed(7, 2));
    registry.trouble = 'hang up';
    expect(await decode(framed(7, 2))).toBe('{"x":1}');
    await decoder.prepare([{ value: framed(8, 2) }]);
    expect(await decode(framed(7, 2))).toBe('{"x":1}');
  });

  it('throws a passing failure for whoever did not prepare, and has the schema the next time', async () => {
    registry.register(7, RECORD);
    const pending = expect.objectContaining({ kind: 'transient', code: 'schema_pending' }) as Error;
    expect(() => decoder.decode(framed(7, 2))).toThrow(pending);
    await decoder.prepare([{ value: framed(7, 2) }]);
    expect(await decode(framed(7, 2))).toBe('{"x":1}');
    expect(registry.asked).toHaveLength(1);
  });

  it('has an answer for tombstones and for what is no wire format without asking', () => {
    const records = [{ value: null }, { value: Buffer.from('{}') }, { value: framed(0xffffffff) }];
    expect(decoder.ready(records)).toBe(3);
    expect(decoder.ready([...records, { value: framed(1) }, ...records])).toBe(3);
  });
});
