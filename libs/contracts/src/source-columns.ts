import { isProduct, isStream } from './contract-kind';
import { opsClass, OPS_TABLES } from './generate/ops-ddl';
import { goldColumns } from './gold-columns';
import { maskOf, type ModelColumn } from './model-column';
import type { OdcsDocument, OdcsProperty } from './odcs';
import type { ColumnMask } from './product-contract';
import { allProperties, highestClass } from './property-path';
import { phiKind } from './protected-properties';
import { REKEY_MASKS } from './rekey-columns';
import { silverColumns } from './silver-columns';

/** What a column can be made from, as far as it matters to what is made of it. */
export interface SourceColumn extends Pick<
  ModelColumn,
  'classification' | 'kind' | 'mask' | 'isToken' | 'projection'
> {
  /** The contract that has it; undefined: services write it (OPS). */
  readonly contract?: OdcsDocument | undefined;
  /** Snowflake's type; undefined within an array. */
  readonly type?: string | undefined;
}

/** Everything that `transformSourceObjects` can name. */
export class SourceColumns {
  private readonly found = new Map<string, SourceColumn>();

  constructor(documents: readonly OdcsDocument[]) {
    for (const table of OPS_TABLES)
      for (const { name, type } of table.columns)
        this.found.set(`${table.name}.${name}`.toLowerCase(), {
          classification: opsClass(table, name),
          mask: maskOfService(table, name),
          isToken: table.masks === REKEY_MASKS && name in REKEY_MASKS,
          type,
        });
    for (const contract of documents) {
      if (isStream(contract)) this.addStream(contract);
      if (isProduct(contract)) this.addProduct(contract);
    }
  }

  /** @param reference - `<stream>.<path or SILVER column>` or `<table of a product or of OPS>.<column>` */
  get(reference: string): SourceColumn | undefined {
    return this.found.get(reference);
  }

  private addStream(contract: OdcsDocument): void {
    for (const property of contract.schema[0]?.properties ?? [])
      this.addProperty(`${contract.name}.${property.name}`, property, contract);
    for (const { name, path, classification, kind, mask, isToken, type } of silverColumns(contract)) {
      const column = { contract, classification, kind, mask, isToken, type };
      this.found.set(`${contract.name}.${name}`, column);
      if (path !== undefined) this.found.set(`${contract.name}.${path.join('.')}`, column);
    }
  }

  /** What is within an array has no column of its own in SILVER, and can be named all the same. */
  private addProperty(reference: string, property: OdcsProperty, contract: OdcsDocument): void {
    const { properties = property.items?.properties ?? [] } = property;
    this.found.set(reference, {
      contract,
      classification: highestClass([property]),
      kind: phiKind(property),
      mask: maskOf(property) ?? hiddenWithin(property),
    });
    for (const part of properties) this.addProperty(`${reference}.${part.name}`, part, contract);
  }

  private addProduct(contract: OdcsDocument): void {
    for (const table of contract.schema)
      for (const { name, classification, kind, mask, type, projection } of goldColumns(table))
        this.found.set(`${table.name}.${name}`, {
          contract,
          classification,
          kind,
          mask,
          isToken: mask?.form === 'token',
          type,
          projection,
        });
  }
}

/** A token is its own mask: it is hidden there only because it stands beside the one that it became. */
function maskOfService({ masks }: (typeof OPS_TABLES)[number], column: string): ColumnMask | undefined {
  const hidden = masks[column];
  return hidden === undefined || masks === REKEY_MASKS ? undefined : { ...hidden.mask, kind: 'identifier' };
}

/** What holds something that is masked is shown to nobody: as a whole it has no form that would hide a part of it. */
function hiddenWithin({ properties = [], items }: OdcsProperty): ColumnMask | undefined {
  const parts = allProperties([...properties, ...(items === undefined ? [] : [items])]);
  if (!parts.some((part) => maskOf(part) !== undefined)) return undefined;
  return { kind: 'free_text', form: 'nothing', clearFor: [] };
}
