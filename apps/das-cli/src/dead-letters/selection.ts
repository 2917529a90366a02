import { InvalidArgumentError, type Command } from 'commander';
import type { StreamContract } from '@das/contracts';
import { streamNamed, streamOfId } from '../streams';
import { UsageError } from '../usage-error';

/** `open`: neither replayed nor discarded. */
export type State = 'open' | 'replayed' | 'discarded';

/** Which dead letters of a stream; what is left out does not matter. */
export interface Selection {
  readonly ids?: readonly string[];
  readonly reason?: readonly string[];
  /** When it was refused, epoch milliseconds: from, and before. */
  readonly since?: number;
  readonly until?: number;
  readonly partition?: string;
  /** Offsets, both included; compared as numbers. */
  readonly from?: string;
  readonly to?: string;
}

/** As commander leaves them. */
export type SelectionOptions = Omit<Selection, 'ids'> & { readonly stream?: string };

export const SELECTION_HELP = `
Times are ISO 8601 (2026-05-04T03:00:00Z) or back from now (90s, 30m, 2h, 7d); they are those of the refusal.
`;

/** The options that every command on dead letters has. */
export function addSelection(command: Command): Command {
  return command
    .option('--stream <name>', 'of this stream, such as orders_events_v1')
    .option('--reason <codes...>', 'refused for one of these; das dlq reasons lists them')
    .option('--since <time>', 'refused at this time or after', readTime)
    .option('--until <time>', 'refused before this time', readTime)
    .option('--partition <id>', 'of this partition')
    .option('--from <offset>', 'at this offset or after', readOffset)
    .option('--to <offset>', 'at this offset or before', readOffset);
}

export function selectionOf(options: SelectionOptions, ids: readonly string[] = []): Selection {
  const { reason, since, until, partition, from, to } = options;
  return {
    ...(ids.length > 0 && { ids }),
    ...(reason !== undefined && { reason }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(partition !== undefined && { partition }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

/** The one stream of a command that changes something: named, or that of the ids. @throws UsageError */
export function oneStream(
  name: string | undefined,
  ids: readonly string[],
  streams: readonly StreamContract[],
): StreamContract {
  const named = name === undefined ? [] : [streamNamed(name, streams)];
  const [stream, ...others] = new Set([...named, ...ids.map((id) => streamOfId(id, streams))]);
  if (stream === undefined) throw new UsageError('say which: give ids, or --stream and filters');
  if (others.length > 0) throw new UsageError('the ids are of several streams: one at a time');
  return stream;
}

/** @throws InvalidArgumentError */
export function readTime(text: string): number {
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const seconds = { s: 1, m: 60, h: 3_600, d: 86_400 }[unit ?? ''];
  const ms = seconds === undefined ? Date.parse(text) : Date.now() - Number(amount) * seconds * 1000;
  if (Number.isNaN(ms)) throw new InvalidArgumentError('neither an ISO 8601 time nor one like 2h.');
  return ms;
}

/** @throws InvalidArgumentError */
export function readCount(text: string): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count === 0) throw new InvalidArgumentError('a whole number from 1 is needed.');
  return count;
}

function readOffset(text: string): string {
  if (!/^\d{1,80}(:\d{1,20})?$/.test(text)) {
    throw new InvalidArgumentError('a whole number is needed, or a sequence number with its sub-sequence.');
  }
  return text;
}
