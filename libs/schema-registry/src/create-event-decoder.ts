import { Failure, type Clock, type EventDecoder, type SourceRecord } from '@das/pipeline';
import { loadSchema, type RegistryFormat } from './registry/load-schema';
import { RegistryClient, type RegistrySettings } from './registry/registry-client';
import { SchemaBook } from './registry/schema-book';
import { Undecodable } from './undecodable';
import { schemaIdOf } from './wire-format';

/** Schemas that are asked for side by side, and in one go. */
const ABREAST = 4;
const AT_ONCE = 32;
/** Registries count in 32 bits with a sign. */
const MAX_ID = 0x7fffffff;

export interface EventDecoderOptions {
  readonly format: RegistryFormat;
  readonly registry: RegistrySettings;
  readonly clock: Clock;
}

/** Decodes Confluent's wire format by the schemas of a registry. */
export function createEventDecoder({ format, registry, clock }: EventDecoderOptions): EventDecoder {
  const client = new RegistryClient(registry);
  const book = new SchemaBook(async (id) => loadSchema(id, format, client), clock);

  function isReady({ value }: Pick<SourceRecord, 'value'>): boolean {
    const id = value === null ? undefined : schemaIdOf(value);
    return id === undefined || id > MAX_ID || book.knows(id);
  }

  return {
    decode(value) {
      const id = schemaIdOf(value);
      if (id === undefined) return { reason: 'not_wire_format', rule: 'magicByte' };
      if (id > MAX_ID) return { reason: 'unknown_schema', rule: 'schemaId' };
      const schema = book.find(id);
      if (schema === undefined) {
        // For whoever does not wait for `prepare`: it is there when the session tries again.
        void book.learn(id);
        throw book.failure ?? pending();
      }
      if ('reason' in schema) return schema;
      try {
        return schema.decode(bufferOf(value));
      } catch (thrown) {
        if (thrown instanceof Undecodable) return { reason: thrown.reason, rule: thrown.rule };
        throw thrown;
      }
    },
    ready(records) {
      const first = records.findIndex((record) => !isReady(record));
      return first < 0 ? records.length : first;
    },
    async prepare(records) {
      const missing = new Set<number>();
      for (const { value } of records) {
        const id = value === null ? undefined : schemaIdOf(value);
        if (id !== undefined && id <= MAX_ID && !book.knows(id)) missing.add(id);
        if (missing.size === AT_ONCE) break;
      }
      const ids = missing.values();
      const learn = async (): Promise<void> => {
        for (const id of ids) {
          await book.learn(id);
          // The others would fail alike, each after its own time-out.
          if (book.failure !== undefined) return;
        }
      };
      await Promise.all(Array.from({ length: ABREAST }, learn));
    },
    async close() {
      await client.close();
    },
  };
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function pending(): Failure {
  return new Failure('transient', 'schema_pending', 'the schema of a record is being asked for');
}
