import { setTimeout as sleep } from 'node:timers/promises';
import { activate, addPending, changeRing, markRekeyed, openKeys, readRing, rekeyingOf } from '@das/keys';
import type { KeyPurpose } from '@das/pipeline';
import type { CliContext } from '../context';
import type { Reader } from '../with-warehouse';
import { earlierIds, mapTokens } from './map-tokens';
import { prefixOf } from './rekey-plan';
import { mappedQuery, type RekeyDomain } from './rekey-sql';
import { withMaker } from './ring';

export interface RekeyOrder {
  readonly path: string;
  readonly purpose: KeyPurpose;
  readonly kms: string | undefined;
  /** For collectors to have read a changed ring, and committed what they had made with the one before. */
  readonly waitMs: number;
  /** Where to stop, for somebody to bring the changed ring to the collectors. */
  readonly until: 'added' | 'activated' | 'done';
}

export interface RekeyResult {
  readonly purpose: KeyPurpose;
  readonly step: 'added' | 'activated' | 'done';
  /** The key that follows. */
  readonly key: string;
  /** Tokens of earlier keys, by this run and those before it. */
  readonly mapped: number;
  readonly passes: number;
}

/**
 * Takes a purpose from one key to the next. Each step is written into the ring before the next one begins, so a run
 * that was killed goes on where it ended.
 * @throws Failure
 */
export async function rekey(
  order: RekeyOrder,
  domains: readonly RekeyDomain[],
  reader: Reader,
  context: CliContext,
): Promise<RekeyResult> {
  const { path, purpose, until } = order;
  const note = (line: string): void => {
    context.terminal.note(line);
  };
  const stepOf = () => rekeyingOf(readRing(path), purpose);
  if (stepOf().step === 'none') await add(order);
  let rekeying = stepOf();
  if (rekeying.step === 'pending') {
    const { id, created } = rekeying.key;
    note(`the key ${id} waits in the ring`);
    if (until === 'added') return { purpose, step: 'added', key: id, mapped: 0, passes: 0 };
    await waitSince(created, order, context, 'collectors to have it');
    await changeRing(path, (ring) => Promise.resolve(activate(ring, purpose)));
    rekeying = stepOf();
  }
  if (rekeying.step !== 'active') throw new Error('the ring was changed meanwhile');
  const { id, activated } = rekeying.key;
  note(`the key ${id} is in use`);
  if (until === 'activated') return { purpose, step: 'activated', key: id, mapped: 0, passes: 0 };
  const counts = await mapAll(order, domains, reader, context, activated);
  await changeRing(path, (ring) => Promise.resolve(markRekeyed(ring, purpose)));
  return { purpose, step: 'done', key: id, ...counts };
}

/**
 * Maps until nothing is left. The last pass begins when no collector can still be landing tokens of the earlier key:
 * a wait after the key came into use.
 * @param activated - undefined: long ago, so one pass that finds nothing is enough
 */
export async function mapAll(
  order: Pick<RekeyOrder, 'path' | 'purpose' | 'waitMs'>,
  domains: readonly RekeyDomain[],
  reader: Reader,
  context: CliContext,
  activated: string | undefined,
): Promise<{ readonly mapped: number; readonly passes: number }> {
  const { purpose } = order;
  const key = (await openKeys(order.path)).current(purpose);
  if (earlierIds(key).length === 0) return { mapped: 0, passes: 0 };
  for (let passes = 1; ; passes++) {
    const isLast = Date.now() >= Date.parse(activated ?? '1970-01-01') + order.waitMs;
    let found = 0;
    for (const domain of domains)
      found += await mapTokens({ purpose, prefix: prefixOf(purpose), key }, domain, reader, context);
    if (found > 0) context.terminal.note(`pass ${passes}: ${found.toLocaleString('en')} tokens mapped`);
    if (found === 0 && isLast) return { mapped: await countMapped(domains, key.id, reader), passes };
    if (found === 0) await waitSince(activated, order, context, 'collectors to use it');
  }
}

/** Also those of runs that were killed. */
async function countMapped(domains: readonly RekeyDomain[], toKey: string, reader: Reader): Promise<number> {
  let mapped = 0;
  for (const domain of domains) {
    const [row] = await reader.all(mappedQuery(domain, toKey));
    mapped += Number(row?.TOKENS ?? 0);
  }
  return mapped;
}

async function add({ path, purpose, kms }: RekeyOrder): Promise<void> {
  await withMaker(path, kms, (make) => changeRing(path, (ring) => addPending(ring, purpose, make)));
}

async function waitSince(
  time: string | undefined,
  { waitMs }: Pick<RekeyOrder, 'waitMs'>,
  { terminal, signal }: CliContext,
  what: string,
): Promise<void> {
  const leftMs = Date.parse(time ?? '1970-01-01') + waitMs - Date.now();
  if (leftMs <= 0) return;
  terminal.note(`waiting ${Math.ceil(leftMs / 1000)} s for ${what}`);
  await sleep(leftMs, undefined, { signal });
}
