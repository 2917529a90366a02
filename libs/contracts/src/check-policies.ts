import { isStream } from './contract-kind';
import type { Fault } from './finding';
import { goldColumns } from './gold-columns';
import type { ModelColumn } from './model-column';
import type { OdcsDocument } from './odcs';
import { silverColumns } from './silver-columns';

/** A domain has one masking policy for each kind of PHI: all of its columns of a kind are masked in one way. */
export function checkPolicies(document: OdcsDocument, documents: readonly OdcsDocument[]): Fault[] {
  const domain = documents.filter((other) => other.domain === document.domain);
  return document.schema.flatMap((table, index) =>
    columnsOf(document, index).flatMap((column): Fault[] => {
      const { mask } = column;
      const [first] = domain.flatMap((other) => masksOf(other, mask?.kind));
      if (mask === undefined || first === undefined || sameMask(mask, first.column.mask)) return [];
      return [
        {
          path: ['schema', index, 'properties', Math.max(0, propertyIndex(table.properties, column))],
          message: `phi:${mask.kind} is masked as ${told(mask)}, and in ${first.where} as ${told(first.column.mask)}: a domain has one policy for a kind`,
        },
      ];
    }),
  );
}

type Mask = ModelColumn['mask'];

function masksOf(document: OdcsDocument, kind: string | undefined) {
  return document.schema.flatMap((table, index) =>
    columnsOf(document, index)
      .filter(({ mask }) => mask !== undefined && mask.kind === kind)
      .map((column) => ({ column, where: `${table.name}.${column.name}` })),
  );
}

function columnsOf(document: OdcsDocument, index: number): readonly ModelColumn[] {
  const table = document.schema[index];
  if (isStream(document)) return silverColumns(document);
  return table === undefined ? [] : goldColumns(table);
}

/** Of a stream the property at the root that the column is in. */
function propertyIndex(
  properties: readonly { readonly name: string }[],
  { name, path }: ModelColumn,
): number {
  return properties.findIndex((property) => property.name === (path?.[0] ?? name));
}

function sameMask(a: Mask, b: Mask): boolean {
  return told(a) === told(b);
}

function told(mask: Mask): string {
  if (mask === undefined) return 'nothing at all';
  const roles = mask.clearFor.length === 0 ? 'nobody' : mask.clearFor.toSorted().join(', ');
  return `${mask.form}, clear for ${roles}`;
}
