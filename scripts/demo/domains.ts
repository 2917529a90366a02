import type { ProductTable } from '@das/contracts';
import { DOMAINS } from '../../apps/das-cli/src/domains';
import { Folds } from './folds';
import { demoStream, type DemoStream } from './streams';
import { UsageError } from './usage-error';

/** A domain as the demo runs it. */
export interface DemoDomain {
  /** Such as `brook_commerce`. */
  readonly name: string;
  readonly streams: readonly DemoStream[];
  /** Streams that nobody generates events of. */
  readonly unfed: readonly string[];
  /** Of GOLD, those alone that consumers are promised. */
  readonly tables: readonly ProductTable[];
}

/** Every domain that has streams. */
export function allDomains(): readonly DemoDomain[] {
  const folds = new Folds();
  return DOMAINS.flatMap(({ STREAMS, PRODUCTS }) => {
    const [first] = STREAMS;
    if (first === undefined) return [];
    const streams = STREAMS.map((contract) => demoStream(contract, folds.of(contract, PRODUCTS)));
    return {
      name: first.domain,
      streams: streams.filter((stream) => stream !== undefined),
      unfed: STREAMS.filter((_, index) => streams[index] === undefined).map(({ stream }) => stream),
      tables: PRODUCTS.flatMap(({ tables }) => tables).filter(({ internal }) => !internal),
    };
  });
}

/**
 * @param asked - names, with or without `brook_`; undefined: all that can be fed
 * @throws UsageError that lists what there is
 */
export function chooseDomains(
  all: readonly DemoDomain[],
  asked: readonly string[] | undefined,
): readonly DemoDomain[] {
  if (asked === undefined) return all.filter(({ unfed }) => unfed.length === 0);
  const unknown = asked.find((name) => !all.some((domain) => isCalled(domain, name)));
  if (unknown !== undefined)
    throw new UsageError(
      `there is no domain ${unknown}: --domains takes some of ${all.map(shortName).join(',')}`,
    );
  const chosen = all.filter((domain) => asked.some((name) => isCalled(domain, name)));
  for (const { name, unfed } of chosen)
    if (unfed.length > 0) throw new UsageError(`${name} cannot be shown: ${unfedBecause(unfed)}`);
  return chosen;
}

/** Why, and the cure. */
export function unfedBecause(unfed: readonly string[]): string {
  return `register a generator of ${unfed.join(', ')} in libs/testing/src/events/generator.ts`;
}

/** Without what all of them begin with. */
export function shortName({ name }: Pick<DemoDomain, 'name'>): string {
  return name.replace(/^brook_/, '');
}

function isCalled(domain: DemoDomain, name: string): boolean {
  return name === domain.name || name === shortName(domain);
}
