import type { Classification, PhiKind, Protection, StreamContract, UndeclaredPhi } from '@das/contracts';
import { examplesOf, lands, maskOf, type Form } from './forms';

/** One property: what of it lands, and who sees what. */
export interface PropertyReport {
  /** Dotted, `[]` for each item of an array; as in PHI_TAGS. */
  readonly path: string;
  readonly classification: Classification;
  /** null: not tagged as PHI. */
  readonly kind: PhiKind | null;
  readonly protect: Protection;
  readonly lands: Form;
  /** Roles that see what landed without a mask; `everybody`: all who see the row. */
  readonly clearFor: 'everybody' | readonly string[];
  /** What all the others see; null: nobody else is left. */
  readonly masked: Form | null;
  /** The identity that a token beside the event links across domains. */
  readonly link: string | null;
}

/** What was found where the contract declares nothing. */
export interface Hit {
  /** UTC. */
  readonly day: string;
  /** `landed`: named in PHI_TAGS; `dead`: refused for it. */
  readonly outcome: 'landed' | 'dead';
  readonly kind: string;
  /** Declared names; an undeclared one is written `*`. */
  readonly path: string;
  /** Records that have it. */
  readonly records: number;
}

/** What a contract says of PHI in a stream, and what was found in it. Stable: fields are only added. */
export interface StreamReport {
  readonly stream: string;
  readonly version: string;
  readonly domain: string;
  readonly table: string;
  readonly classification: Classification;
  readonly undeclaredPhi: UndeclaredPhi;
  readonly unknownFields: StreamContract['unknownFields'];
  /** Headers that land, as they were sent. */
  readonly headers: readonly string[];
  readonly properties: readonly PropertyReport[];
  /** By day, then most frequent; null: no warehouse was asked. */
  readonly hits: readonly Hit[] | null;
}

export function reportOf(contract: StreamContract, hits: readonly Hit[] | null): StreamReport {
  const { stream, version, domain, table, classification, undeclaredPhi, unknownFields, headers } = contract;
  return {
    stream,
    version,
    domain,
    table: `${table.database}.${table.schema}.${table.name}`,
    classification,
    undeclaredPhi,
    unknownFields,
    headers,
    properties: contract.properties.map(({ path, classification: own }) => {
      const property = contract.phi.find((one) => one.path.join('.') === path.join('.'));
      return {
        path: path.join('.').replaceAll('.[]', '[]'),
        classification: own,
        kind: property?.kind ?? null,
        protect: property?.protect ?? 'clear',
        lands: property === undefined ? { text: 'as sent', example: null } : lands(property),
        ...seen(property),
        link: property?.link ?? null,
      };
    }),
    hits,
  };
}

type Property = StreamContract['phi'][number];

function seen(property: Property | undefined): Pick<PropertyReport, 'clearFor' | 'masked'> {
  // Neither a mask nor roles: what landed may be seen by all who see the row.
  if (property === undefined || (property.mask === undefined && property.clearFor.length === 0))
    return { clearFor: 'everybody', masked: null };
  return { clearFor: property.clearFor, masked: maskOf(property, examplesOf(property.kind)) };
}
