import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { layerToken, parseToken } from '@das/keys';
import {
  ChannelFenced,
  ChannelInvalidated,
  Failure,
  type DataKey,
  type KeyPurpose,
  type Sink,
} from '@das/pipeline';
import type { CliContext } from '../context';
import { actor, openSink } from '../settings';
import type { Reader } from '../with-warehouse';
import { MappingChannel } from './mapping-channel';
import { rekeysTable, unmappedQuery, type RekeyDomain } from './rekey-sql';

/** Of one append: about 300 bytes a row, of the four megabytes that one may have. */
const BATCH_ROWS = 5_000;
const TRIES = 5;
const PAUSE_MS = 1_000;

export interface MapOrder {
  readonly purpose: KeyPurpose;
  readonly prefix: 'tok' | 'lnk';
  /** The key in use; its earlier ones made what is mapped. */
  readonly key: DataKey;
}

/**
 * Maps every token of an earlier key that a domain has and that is not mapped yet, and returns once that is committed.
 * A channel that must be opened again is, a few times.
 * @returns how many were mapped
 * @throws Failure
 */
export async function mapTokens(
  order: MapOrder,
  domain: RekeyDomain,
  reader: Reader,
  context: CliContext,
): Promise<number> {
  const sink = openSink(context.env, rekeysTable(domain));
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await mapOnce(order, domain, reader, sink, context);
      } catch (thrown) {
        if (thrown instanceof ChannelFenced) throw taken(thrown);
        if (!(thrown instanceof ChannelInvalidated) || attempt === TRIES || context.signal.aborted)
          throw thrown;
        context.terminal.note(`${thrown.line}: beginning anew (${attempt} of ${TRIES - 1})`);
        await sleep(PAUSE_MS, undefined, { signal: context.signal });
      }
    }
  } finally {
    await sink.stop();
  }
}

async function mapOnce(
  { purpose, prefix, key }: MapOrder,
  domain: RekeyDomain,
  reader: Reader,
  sink: Sink,
  context: CliContext,
): Promise<number> {
  const name = `das__${domain.name}__0__rekey-${prefix}`;
  const channel = await MappingChannel.open(sink, name, randomBytes(6).toString('hex'));
  const who = actor(context.env);
  let mapped = 0;
  let batch: object[] = [];
  const send = async (): Promise<void> => {
    if (batch.length === 0) return;
    await channel.append(batch);
    mapped += batch.length;
    batch = [];
    context.terminal.progress(`${domain.name}: mapped ${mapped.toLocaleString('en')} tokens`);
  };
  try {
    const from = earlierIds(key);
    // Only now: what an earlier run committed is seen, and it can commit no more.
    for await (const { TOKEN } of reader.rows(unmappedQuery(domain, from, prefix, key.id))) {
      const old = String(TOKEN);
      const now = layerToken(old, key);
      // Text that only looks like a token, of a column that is not one's alone.
      if (now === undefined) continue;
      batch.push({
        PURPOSE: purpose,
        FROM_KEY: parseToken(old)?.keyId,
        TO_KEY: key.id,
        OLD_TOKEN: old,
        NEW_TOKEN: now,
        AT: new Date().toISOString(),
        ACTOR: who,
      });
      if (batch.length === BATCH_ROWS) await send();
    }
    await send();
    await channel.settle(context.signal);
  } finally {
    channel.close();
  }
  return mapped;
}

export function earlierIds(key: DataKey): readonly string[] {
  const ids: string[] = [];
  for (let earlier = key.previous; earlier !== undefined; earlier = earlier.previous) ids.push(earlier.id);
  return ids;
}

function taken(cause: Failure): Failure {
  return new Failure(
    'transient',
    'rekey_taken',
    'another re-keying of this purpose has begun, so this one ended',
    {
      cure: 'wait for that one',
      cause,
    },
  );
}
