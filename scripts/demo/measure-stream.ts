import { landingOf, recount } from '@das/testing';
import type { FedStream } from './feeds/open-feeds';
import type { Fleet } from './fleet';
import { measureRefined } from './measure-refined';
import type { PublishedSnapshot } from './refined';

/** What became of a stream's records, counted by reading both ends. */
export interface StreamCount {
  readonly stream: FedStream;
  readonly produced: number;
  readonly rows: number;
  readonly dead: Readonly<Record<string, number>>;
  readonly dropped: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly altered: number;
  readonly misordered: number;
  /** In seconds, one for each event. */
  readonly latencies: { readonly bronze: readonly number[]; readonly gold: readonly number[] };
}

/** @param snapshot - undefined: nothing is published */
export async function measureStream(
  stream: FedStream,
  { lake, refined, phiKeyFile }: Pick<Fleet, 'lake' | 'refined' | 'phiKeyFile'>,
  snapshot: PublishedSnapshot | undefined,
): Promise<StreamCount> {
  const { contract, feed } = stream;
  const records = feed.records(landingOf(contract, phiKeyFile));
  const { latencies, ...found } = await recount({ lake, table: contract.table, records });
  const counted = { stream, ...found, latencies: { bronze: latencies, gold: [] } };
  if (refined === undefined) return counted;
  // Nothing was published at all: all that landed is missing.
  if (snapshot === undefined) return { ...counted, lost: found.lost + latencies.length };
  const { lost, duplicated, latencies: gold } = await measureRefined(snapshot, { lake, refined }, stream);
  return {
    ...counted,
    lost: found.lost + lost,
    duplicated: found.duplicated + duplicated,
    latencies: { bronze: latencies, gold },
  };
}
