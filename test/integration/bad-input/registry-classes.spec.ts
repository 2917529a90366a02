import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import { stepsOf } from '@das/collector';
import { systemClock, type DeadReason, type EventDecoder } from '@das/pipeline';
import { createEventDecoder, type RegistryFormat } from '@das/schema-registry';
import { judge, testKeys } from '@das/testing';

const record = (...fields: readonly unknown[]) => JSON.stringify({ type: 'record', name: 'R', fields });
const SCHEMAS: Readonly<Record<number, { readonly schemaType: string; readonly schema: string }>> = {
  1: { schemaType: 'AVRO', schema: record({ name: 'a', type: { type: 'array', items: 'null' } }) },
  2: { schemaType: 'AVRO', schema: record({ name: 'a', type: 'string' }) },
  3: { schemaType: 'AVRO', schema: record({ name: 'r', type: 'R' }) },
  4: { schemaType: 'AVRO', schema: '{"type":"nothing"}' },
  5: { schemaType: 'PROTOBUF', schema: 'syntax = "proto3"; message M { int32 a = 1; }' },
  6: { schemaType: 'JSON', schema: '{"type":"object"}' },
};
const framed = (id: number, ...bytes: readonly number[]) => Buffer.of(0, 0, 0, 0, id, ...bytes);

/** docs/bad-input.md has a row for each. */
const CLASSES: readonly (readonly [string, DeadReason, RegistryFormat, Buffer])[] = [
  ['JSON where a registry’s format is expected', 'not_wire_format', 'json-schema', Buffer.from('{"a":1}')],
  ['four bytes', 'not_wire_format', 'avro', Buffer.of(0, 0, 0, 1)],
  ['a schema id that the registry does not have', 'unknown_schema', 'avro', framed(99, 2)],
  ['a schema of another format', 'undecodable', 'avro', framed(6, 2)],
  ['a schema that is none', 'undecodable', 'avro', framed(4, 2)],
  ['bytes that end too soon', 'undecodable', 'avro', framed(2, 20, 0x61)],
  ['bytes after the end', 'undecodable', 'avro', framed(2, 2, 0x61, 0)],
  ['text that is not UTF-8', 'undecodable', 'avro', framed(2, 2, 0xff)],
  ['a Protobuf field that the schema does not declare', 'undecodable', 'protobuf', framed(5, 0, 0x10, 1)],
  ['a Protobuf message that the file does not have', 'undecodable', 'protobuf', framed(5, 2, 4)],
  ['a thousand million nulls in six bytes', 'too_large', 'avro', framed(1, 0x80, 0xa8, 0xd6, 0xb9, 0x07)],
  ['an Avro record that holds itself', 'too_deep', 'avro', framed(3)],
  ['no JSON after the header', 'not_json', 'json-schema', framed(6, 0x61)],
];

describe('what comes in by a registry’s schemas', () => {
  let server: Server;
  let decoder: EventDecoder | undefined;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const schema = SCHEMAS[Number(request.url?.split('/').at(-1))];
      response
        .writeHead(schema === undefined ? 404 : 200)
        .end(JSON.stringify(schema ?? { error_code: 40403 }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => decoder?.close());
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each(CLASSES)('%s: %s', async (_, reason, format, value) => {
    const { port } = server.address() as AddressInfo;
    const made = createEventDecoder({
      format,
      registry: { url: `http://127.0.0.1:${port}` },
      clock: systemClock,
    });
    decoder = made;
    await made.prepare([{ value }]);
    const declaration = { name: 'collector', version: '1.0.0', contracts: [ordersEventsV1] as const };
    const outcome = judge(stepsOf(declaration, { keys: testKeys(), decoder: made }), ordersEventsV1, value);
    expect(outcome).toMatchObject({ outcome: 'dead', reason });
  });

  it('has a row of its own in docs/bad-input.md, which says the same', () => {
    const page = readFileSync(join(__dirname, '../../../docs/bad-input.md'), 'utf8');
    const rows = [...page.matchAll(/^\| (.+?) +\| dead: `(\w+)` +\|/gm)].map(
      ([, name, reason]) => `${name}: ${reason}`,
    );
    expect(rows).toEqual(expect.arrayContaining(CLASSES.map(([name, reason]) => `${name}: ${reason}`)));
  });
});
