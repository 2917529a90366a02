import type { SecuredView, StreamContract } from '@das/contracts';
import { DOMAINS } from './domains';
import { UsageError } from './usage-error';

/** Every stream of every domain, as commands get them in their context. */
export const STREAMS: readonly StreamContract[] = DOMAINS.flatMap((domain) => domain.STREAMS);

/** What each role sees of GOLD, where DuckDB has it. */
export const SECURED_VIEWS: readonly SecuredView[] = DOMAINS.flatMap((domain) => domain.SECURED_VIEWS);

/** What commands choose from: the context's contracts. */
type Streams = readonly StreamContract[];

/** @throws UsageError that names those that exist */
export function streamNamed(name: string, streams: Streams): StreamContract {
  const found = streams.find(({ stream }) => stream === name);
  if (found !== undefined) return found;
  throw new UsageError(`no such stream: ${streams.map(({ stream }) => stream).join(', ')} exist`);
}

/** @param name - undefined: all of them. @throws UsageError */
export function streamsNamed(name: string | undefined, streams: Streams): Streams {
  return name === undefined ? streams : [streamNamed(name, streams)];
}

/** The stream that a dead letter's id belongs to: its source names the log. @throws UsageError */
export function streamOfId(id: string, streams: Streams): StreamContract {
  const source = /^((?:replay:)*[a-z0-9]+:[^/]+)\/\d+\/[^/]+\/[^/]+$/.exec(id)?.[1];
  if (source === undefined) {
    throw new UsageError('that is no id of a dead letter: <source>/<epoch>/<partition>/<offset>');
  }
  const log = source.slice(source.lastIndexOf(':') + 1);
  const found = streams.find((contract) => contract.source.log === log);
  if (found !== undefined) return found;
  throw new UsageError('no stream has the source that the id names');
}

/** By the convention that an app is named after its stream: orders_events_v1, orders-events-collector. */
export function collectorOf({ stream }: StreamContract): string {
  return `${stream.replace(/_v\d+$/, '').replaceAll('_', '-')}-collector`;
}

/** @throws UsageError that names those that exist */
export function streamOfCollector(name: string, streams: Streams): StreamContract {
  const found = streams.find((contract) => collectorOf(contract) === name);
  if (found !== undefined) return found;
  throw new UsageError(`no such collector: ${streams.map(collectorOf).join(', ')} exist`);
}
