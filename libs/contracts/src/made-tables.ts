import { declassified } from './check-declassified';
import { isProduct, isStream } from './contract-kind';
import { customValue } from './das-properties';
import { protectedAs } from './gold-columns';
import { governedTables } from './governed-tables';
import type { ModelColumn } from './model-column';
import type { OdcsDocument, OdcsTable } from './odcs';
import { silverColumns } from './silver-columns';
import type { Classification, PropertyPath } from './stream-contract';
import { toStreamContract } from './stream-view';

/** A column of SILVER or GOLD, and what its contract says that it is made from. */
export interface MadeColumn extends Pick<
  ModelColumn,
  'classification' | 'kind' | 'mask' | 'projection' | 'path' | 'link'
> {
  /** Upper case. */
  readonly name: string;
  /** Of GOLD: `transformSourceObjects`. */
  readonly sources: readonly string[];
  readonly declassifies: readonly string[];
}

/** A table of SILVER or GOLD, as SQL has to make it. */
export interface MadeTable {
  /** `DB.SCHEMA.NAME` */
  readonly name: string;
  /** What `transformSourceObjects` calls it: a stream, or a table of a product. */
  readonly reference: string;
  /** Of SILVER: the table of BRONZE that it is made from, and the paths of the envelope's columns by their names. */
  readonly bronze?:
    | {
        readonly name: string;
        readonly classification: Classification;
        readonly envelope: ReadonlyMap<string, string>;
      }
    | undefined;
  /** Columns that decide who sees a row. */
  readonly rowColumns: readonly string[];
  /** Tables that the product's contract names as its inputs. */
  readonly inputs: readonly string[];
  /** Personal sources that may decide which rows there are. */
  readonly declassifies: readonly string[];
  readonly columns: readonly MadeColumn[];
}

/** Every table of SILVER and GOLD that the contracts make. */
export function madeTables(documents: readonly OdcsDocument[]): readonly MadeTable[] {
  const rowColumns = new Map(
    governedTables(documents).map(({ database, tier, name, rowAccess }) => [
      `${database}.${tier}.${name}`,
      rowAccess?.columns ?? [],
    ]),
  );
  const made = documents.flatMap((document) => {
    if (isStream(document)) return [silverOf(document)];
    return isProduct(document) ? document.schema.map((table) => goldOf(document, table)) : [];
  });
  return made.map((table) => ({ ...table, rowColumns: rowColumns.get(table.name) ?? [] }));
}

type Made = Omit<MadeTable, 'rowColumns'>;

function silverOf(document: OdcsDocument): Made {
  const { table, classification, paths } = toStreamContract(document);
  return {
    name: silverName(document),
    reference: document.name,
    bronze: {
      name: `${table.database}.${table.schema}.${table.name}`,
      classification,
      envelope: new Map([
        [paths.eventId.join('.'), 'EVENT_ID'],
        [paths.eventType.join('.'), 'EVENT_TYPE'],
        [paths.eventTs.join('.'), 'EVENT_TS'],
      ]),
    },
    inputs: [],
    declassifies: [],
    columns: silverColumns(document).map(({ name, classification, kind, mask, path, link }) => ({
      name: name.toUpperCase(),
      classification,
      kind,
      mask,
      path,
      link,
      sources: [],
      declassifies: [],
    })),
  };
}

function silverName(document: OdcsDocument): string {
  const [{ database, tier, name } = { database: '', tier: '', name: '' }] = governedTables([document]);
  return `${database}.${tier}.${name}`;
}

function goldOf(document: OdcsDocument, table: OdcsTable): Made {
  const database = document.servers.find(({ type }) => type === 'snowflake')?.database ?? '';
  return {
    name: `${database}.GOLD.${table.physicalName}`,
    reference: table.name,
    inputs: customValue(document, 'das.lineage')?.inputs ?? [],
    declassifies: declassified(table),
    columns: table.properties.map((property) => ({
      name: property.name.toUpperCase(),
      ...protectedAs(property),
      path: undefined as PropertyPath | undefined,
      link: undefined,
      sources: property.transformSourceObjects ?? [],
      declassifies: declassified(property),
    })),
  };
}
