import { isStream } from './contract-kind';
import type { Fault } from './finding';
import { goldColumns } from './gold-columns';
import type { ModelColumn } from './model-column';
import type { OdcsDocument } from './odcs';
import { silverColumns } from './silver-columns';

/** The column whose mask is the first of its kind in a domain: all others are held to it. */
interface FirstMask {
  readonly mask: Mask;
  /** `table.column` */
  readonly where: string;
}

/** By domain and kind of personal data. */
export type DomainMasks = ReadonlyMap<string, FirstMask>;

export function domainMasks(documents: readonly OdcsDocument[]): DomainMasks {
  const masks = new Map<string, FirstMask>();
  for (const document of documents)
    for (const [index, table] of document.schema.entries())
      for (const { name, mask } of columnsOf(document, index)) {
        const key = keyOf(document, mask);
        if (mask !== undefined && !masks.has(key)) masks.set(key, { mask, where: `${table.name}.${name}` });
      }
  return masks;
}

/** A domain has one masking policy for each kind of PHI: all of its columns of a kind are masked in one way. */
export function checkPolicies(document: OdcsDocument, masks: DomainMasks): Fault[] {
  return document.schema.flatMap((table, index) =>
    columnsOf(document, index).flatMap((column): Fault[] => {
      const { mask } = column;
      const first = masks.get(keyOf(document, mask));
      if (mask === undefined || first === undefined || sameMask(mask, first.mask)) return [];
      return [
        {
          path: ['schema', index, 'properties', Math.max(0, propertyIndex(table.properties, column))],
          message: `phi:${mask.kind} is masked as ${told(mask)}, and in ${first.where} as ${told(first.mask)}: a domain has one policy for a kind`,
        },
      ];
    }),
  );
}

type Mask = ModelColumn['mask'];

function keyOf({ domain }: OdcsDocument, mask: Mask): string {
  return `${domain} ${mask?.kind ?? ''}`;
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
