import { Agent, request } from 'undici';
import { z } from 'zod';
import { refused, unreachable, unreadable } from './reactions';

/** Of one answer: larger schemas are nobody's. */
const MAX_ANSWER_BYTES = 1024 * 1024;
const TIMEOUT_MS = 5_000;
/** A kept connection may have ended meanwhile, and a registry restart its requests: once more, then the session waits. */
const TRIES = 2;

export interface RegistrySettings {
  /** https, or http on loopback; may have a path. */
  readonly url: string;
  readonly credentials?: { readonly username: string; readonly password: string };
}

/** What a registry says of a schema. */
export interface RegisteredSchema {
  readonly schema: string;
  /** `AVRO`, `JSON` or `PROTOBUF`. */
  readonly schemaType: string;
  readonly references: readonly SchemaReference[];
}

export interface SchemaReference {
  /** What the schema calls it: a type's name (Avro), a file's (Protobuf). */
  readonly name: string;
  readonly subject: string;
  readonly version: number;
}

/** `unknown`: the registry has no such schema; `too_large`: more than is read of one. */
export type RegistryAnswer = RegisteredSchema | 'unknown' | 'too_large';

const answer = z.object({
  schema: z.string(),
  schemaType: z.string().default('AVRO'),
  references: z
    .array(z.object({ name: z.string(), subject: z.string(), version: z.number().int() }))
    .nullish()
    .transform((references) => references ?? []),
});
/** Confluent's codes: subject, version, schema not found. A 404 without one comes from somebody else. */
const notFound = z.object({ error_code: z.union([z.literal(40401), z.literal(40402), z.literal(40403)]) });

/** The two calls of a Confluent-compatible registry that reading needs. */
export class RegistryClient {
  private readonly agent = new Agent({ connections: 4, keepAliveTimeout: 10_000 });
  private readonly base: string;
  private readonly headers: Readonly<Record<string, string>>;

  constructor({ url, credentials }: RegistrySettings) {
    this.base = url.replace(/\/+$/, '');
    this.headers = {
      accept: 'application/vnd.schemaregistry.v1+json, application/json',
      'user-agent': 'das-collector',
      ...(credentials !== undefined && {
        authorization: `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`,
      }),
    };
  }

  /** @throws Failure */
  async byId(id: number): Promise<RegistryAnswer> {
    return this.ask(`/schemas/ids/${id}`);
  }

  /** A version that was deleted since is still what its schemas mean. @throws Failure */
  async byVersion({ subject, version }: SchemaReference): Promise<RegistryAnswer> {
    return this.ask(`/subjects/${encodeURIComponent(subject)}/versions/${version}?deleted=true`);
  }

  /** What is under way fails. Idempotent. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async ask(path: string): Promise<RegistryAnswer> {
    for (let tries = 1; ; tries++) {
      const { status, text, cause } = await this.try(path);
      if (status === 200) return text === undefined ? 'too_large' : read(text);
      if (status === 404 && notFound.safeParse(json(text)).success) return 'unknown';
      const failure = status === 0 ? unreachable(cause) : refused(status);
      if (failure.kind !== 'transient' || tries === TRIES) throw failure;
    }
  }

  private async try(path: string): Promise<{ status: number; text?: string | undefined; cause?: unknown }> {
    try {
      const { statusCode: status, body } = await request(this.base + path, {
        dispatcher: this.agent,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: this.headers,
      });
      return { status, text: await readBounded(body) };
    } catch (cause) {
      return { status: 0, cause };
    }
  }
}

function read(text: string): RegisteredSchema {
  const parsed = answer.safeParse(json(text));
  if (!parsed.success) throw unreadable();
  return parsed.data;
}

function json(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** Undefined: more than is read of an answer. Leaving the loop ends the connection. */
async function readBounded(body: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    if (length > MAX_ANSWER_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
