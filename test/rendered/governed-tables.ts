import { PRODUCTS, STREAMS } from '@contracts/brook-commerce';
import type { ColumnMask, ProductTable, ProtectedProperty, StreamContract } from '@das/contracts';

/** What a contract wants of a table, wherever the table is. */
export interface GovernedTable {
  /** `DB.SCHEMA.TABLE` */
  readonly name: string;
  readonly isView: boolean;
  readonly rowAccess?: { readonly policy: string; readonly column: string };
  readonly columns: readonly GovernedColumn[];
}

export interface GovernedColumn {
  readonly name: string;
  /** The policy's name; undefined where what landed is its own mask. */
  readonly policy?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Straight from the contracts, so that what is generated from them is judged too. */
export function governedTables(): readonly GovernedTable[] {
  return [...STREAMS.map(silverTable), ...PRODUCTS.flatMap(({ tables }) => tables.map(goldTable))];
}

function goldTable({ table, materialized, rowAccess, columns }: ProductTable): GovernedTable {
  return {
    name: `${table.database}.${table.schema}.${table.name}`,
    isView: materialized === 'view',
    rowAccess,
    columns: columns
      .filter(({ classification }) => classification === 'pii' || classification === 'phi')
      .map(({ name, classification, kind, mask }) => ({
        name,
        ...policyOf(mask),
        tags: { CLASSIFICATION: classification, ...(kind !== undefined && { PHI_KIND: kind }) },
      })),
  };
}

/** SILVER has each leaf of the event; one that is linked has a token beside it, which nobody sees. */
function silverTable({ table, stream, phi }: StreamContract): GovernedTable {
  const columns = phi
    .filter(({ path }) => !path.includes('[]'))
    .map(({ path, classification, kind, ...property }) => ({
      name: path.join('_').toUpperCase(),
      ...(property.mask !== undefined && policyOf({ kind })),
      tags: { CLASSIFICATION: classification, PHI_KIND: kind },
    }));
  const tokens = phi.filter(isLinked).map(({ link }) => ({
    name: `${link.toUpperCase()}_LINK_TOKEN`,
    ...policyOf({ kind: 'identifier' }),
    tags: { CLASSIFICATION: 'pii', PHI_KIND: 'identifier' },
  }));
  return {
    name: `${table.database}.SILVER.${stream.replace(/_v\d+$/, '').toUpperCase()}`,
    isView: false,
    rowAccess: { policy: 'region', column: 'REGION' },
    columns: [...columns, ...tokens],
  };
}

function isLinked(property: ProtectedProperty): property is ProtectedProperty & { readonly link: string } {
  return property.link !== undefined;
}

function policyOf(mask: Pick<ColumnMask, 'kind'> | undefined): { readonly policy?: string } {
  return mask === undefined ? {} : { policy: `MASK_${mask.kind.toUpperCase()}` };
}
