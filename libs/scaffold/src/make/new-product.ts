import type { Draft } from '../draft';
import { domainRoles, rolesOf } from '../edit/roles';
import { domainNames, snakeName, streamNames } from '../names';
import { ScaffoldError } from '../scaffold-error';
import { namesOfContract } from '../template/names-of-contract';
import { referenceFile } from '../template/reference';
import { renderer } from '../template/rendering';
import { readDefaults } from './domain-defaults';
import { refuseTakenModel } from './taken-model';

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
  const { key } = namesOfContract(draft, source);
  refuseTakenModel(draft, product);
  const defaults = readDefaults(draft, domain.domain);
  const render = renderer({ domain, stream, key, log: asked.stream, product, defaults });
  const roles = rolesThatDoNotRead(draft, domain.short);
  for (const path of FILES)
    draft.add(render(path), render(referenceFile(draft, path)).replace(EVERYBODY_ELSE, roles.join(', ')));
  return product;
}

/** All that the new product's contract does not let read. */
function rolesThatDoNotRead(draft: Draft, short: string): readonly string[] {
  const readers = ['TRANSFORMER', domainRoles(short)[1]];
  return rolesOf(draft).filter((role) => !readers.includes(role));
}
