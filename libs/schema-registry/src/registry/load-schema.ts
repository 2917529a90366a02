import { ByteReader } from '../byte-reader';
import { compileAvro } from '../avro/compile-avro';
import { JsonOutput } from '../json-output';
import { compileProtobuf } from '../protobuf/compile-protobuf';
import { Undecodable } from '../undecodable';
import { HEADER_BYTES } from '../wire-format';
import type { RegisteredSchema, RegistryClient, SchemaReference } from './registry-client';

/** Formats whose records name a schema of the registry. */
export type RegistryFormat = 'json-schema' | 'avro' | 'protobuf';

const SCHEMA_TYPES: Readonly<Record<RegistryFormat, string>> = {
  'json-schema': 'JSON',
  avro: 'AVRO',
  protobuf: 'PROTOBUF',
};
/** Of all that a schema refers to, and what that refers to. */
const MAX_REFERENCES = 100;
const MAX_CHARACTERS = 4 * 1024 * 1024;

/** A schema, ready for use. */
export interface LoadedSchema {
  /** With what it refers to. */
  readonly characters: number;
  /** A record's JSON, header and all. @throws Undecodable */
  readonly decode: (value: Buffer) => Buffer;
}

/**
 * Asks for a schema and everything it refers to.
 * @throws Undecodable for a schema that is unknown, unusable or of another type; Failure where the registry cannot be asked
 */
export async function loadSchema(
  id: number,
  format: RegistryFormat,
  client: Pick<RegistryClient, 'byId' | 'byVersion'>,
): Promise<LoadedSchema> {
  const found = await client.byId(id);
  if (found === 'unknown') throw new Undecodable('schemaId', 'unknown_schema');
  if (found === 'too_large') throw new Undecodable('schemaSize');
  if (found.schemaType !== SCHEMA_TYPES[format]) throw new Undecodable('schemaType');
  const { schema } = found;
  // The contract judges the event; the registered schema does not, so what it refers to is not asked for.
  if (format === 'json-schema') return { characters: schema.length, decode: withoutHeader };
  const referenced = await loadReferences(found, client);
  const characters = referenced.reduce((sum, { text }) => sum + text.length, schema.length);
  if (format === 'protobuf') {
    const read = compileProtobuf(schema, referenced);
    return { characters, decode: (value) => Buffer.from(read(readerOf(value))) };
  }
  const read = compileAvro(
    schema,
    referenced.map(({ text }) => text),
  );
  return {
    characters,
    decode(value) {
      const from = readerOf(value);
      const out = new JsonOutput();
      read(from, out);
      if (!from.isAtEnd) throw new Undecodable('trailingBytes');
      return Buffer.from(out.text);
    },
  };
}

function withoutHeader(value: Buffer): Buffer {
  return value.subarray(HEADER_BYTES);
}

function readerOf(value: Buffer): ByteReader {
  return new ByteReader(value, HEADER_BYTES, value.length);
}

/** Each once, what one refers to before itself. */
async function loadReferences(
  schema: RegisteredSchema,
  client: Pick<RegistryClient, 'byVersion'>,
): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const loaded: { name: string; text: string }[] = [];
  const seen = new Set<string>();
  let characters = 0;
  const load = async (references: readonly SchemaReference[]): Promise<void> => {
    for (const reference of references) {
      const key = `${reference.subject}@${reference.version}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const found = await client.byVersion(reference);
      if (typeof found === 'string') throw new Undecodable('references');
      characters += found.schema.length;
      if (seen.size > MAX_REFERENCES || characters > MAX_CHARACTERS) throw new Undecodable('schemaSize');
      await load(found.references);
      loaded.push({ name: reference.name, text: found.schema });
    }
  };
  await load(schema.references);
  return loaded;
}
