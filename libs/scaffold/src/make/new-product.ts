import { parse } from 'yaml';
import { z } from 'zod';
import type { Draft } from '../draft';
import { domainRoles } from '../edit/roles';
import { domainNames, snakeName, streamNames } from '../names';
import { ScaffoldError } from '../scaffold-error';
import { referenceFile } from '../template/reference';
import { renderer } from '../template/rendering';
import { readDefaults } from './domain-defaults';

export interface NewProduct {
  readonly name: string;
  readonly domain: string;
  /** A stream of the domain, such as `shipments_events_v1`. */
  readonly stream: string;
}

const FILES = [
  'contracts/brook_reference/widgets.odcs.yaml',
  'contracts/brook_reference/expectations/widgets.yaml',
  'dbt/models/brook_reference/gold/widgets.sql',
  'dbt/models/brook_reference/gold/widgets_unit_tests.yml',
];
/** Stands in the reference's expectations for every role that reads nothing. */
const EVERYBODY_ELSE = 'EVERYBODY_ELSE';

/**
 * A product: each thing that a stream tells of, as it stands. Its contract, its GOLD table, its unit tests, and what every
 * role is expected to see.
 * @throws ScaffoldError where a name is taken or is none, or there is no such stream
 */
export function newProduct(draft: Draft, asked: NewProduct): string {
  const domain = domainNames(asked.domain);
  const product = snakeName(asked.name, 'a product, such as shipments');
  const source = `contracts/${domain.domain}/${asked.stream}.odcs.yaml`;
  if (!draft.has(source))
    throw new ScaffoldError(`${source} is not there: name a stream of the domain with --stream`);
  const stream = streamNames(asked.stream, 'kafka');
  const key = keyOf(draft, source);
  const defaults = readDefaults(draft, domain.domain);
  const render = renderer({ domain, stream, key, log: asked.stream, product, defaults });
  const roles = rolesThatDoNotRead(draft, domain.short);
  for (const path of FILES)
    draft.add(render(path), render(referenceFile(draft, path)).replace(EVERYBODY_ELSE, roles.join(', ')));
  return product;
}

const contract = z.looseObject({
  customProperties: z.array(z.looseObject({ property: z.string(), value: z.unknown() })),
});
const collector = z.looseObject({ envelope: z.looseObject({ subjectKey: z.string() }) });

/** The property by which the stream's events belong together. @throws ScaffoldError where the contract is no stream's */
function keyOf(draft: Draft, path: string): string {
  const read = contract.safeParse(parse(draft.read(path)));
  const said = read.data?.customProperties.find(({ property }) => property === 'das.collector')?.value;
  const found = collector.safeParse(said);
  if (!found.success) throw new ScaffoldError(`${path} has no das.collector: it is no contract of a stream`);
  return found.data.envelope.subjectKey.replaceAll('.', '_');
}

/** All that the new product's contract does not let read. */
function rolesThatDoNotRead(draft: Draft, short: string): readonly string[] {
  const readers = ['TRANSFORMER', domainRoles(short)[1]];
  const { roles } = parse(draft.read('contracts/roles.yaml')) as { readonly roles: object };
  return Object.keys(roles).filter((role) => !readers.includes(role));
}
