import {
  bronzeClass,
  BRONZE_MASKS,
  madeTables,
  SourceColumns,
  type MadeTable,
  type OdcsDocument,
  type SourceColumn,
} from '@das/contracts';

/** A column of a stored table, or what stands at a path in it. */
export interface Leaf {
  /** `DB.SCHEMA.NAME` */
  readonly table: string;
  readonly column: string;
  /** Steps into arrays left out. */
  readonly path: readonly string[];
}

/** @param text - `DB.SCHEMA.TABLE.COLUMN`, with `:path` where only a part of it is meant */
export function leafOf(text: string): Leaf {
  const [whole = '', path = ''] = text.split(/:(.*)/s);
  const names = whole.split('.');
  return {
    table: names.slice(0, 3).join('.'),
    column: names.slice(3).join('.'),
    path: path.split('.').filter((step) => step !== '' && step !== '[]'),
  };
}

/** What contracts call the columns that SQL reads, and the other way round. */
export class Places {
  readonly tables: readonly MadeTable[];
  private readonly columns: SourceColumns;
  private readonly byName: ReadonlyMap<string, MadeTable>;
  private readonly byReference: ReadonlyMap<string, MadeTable>;
  private readonly byBronze: ReadonlyMap<string, MadeTable>;

  constructor(documents: readonly OdcsDocument[]) {
    this.columns = new SourceColumns(documents);
    this.tables = madeTables(documents);
    this.byName = new Map(this.tables.map((table) => [table.name, table]));
    this.byReference = new Map(this.tables.map((table) => [table.reference, table]));
    this.byBronze = new Map(
      this.tables.flatMap((table) => (table.bronze === undefined ? [] : [[table.bronze.name, table]])),
    );
  }

  /** Such as `orders_events_v1.customer.email`, or `orders.region`. */
  referenceOf({ table: name, column, path }: Leaf): string {
    const stream = this.byBronze.get(name);
    if (stream !== undefined && column === 'PAYLOAD' && path.length > 0)
      return [stream.reference, ...path].join('.');
    const table = this.byName.get(name);
    const own = table?.columns.find((one) => one.name === column);
    const [, schema, service = ''] = name.split('.');
    if (schema === 'OPS') return `${service}.${column}`.toLowerCase();
    if (table === undefined || own === undefined) return [name, column, ...path].join('.');
    return [table.reference, ...(own.path ?? [column.toLowerCase()]), ...path].join('.');
  }

  /** How what stands there is protected: of what contracts do not name, as what holds it. */
  sourceOf(leaf: Leaf): SourceColumn {
    const stream = this.byBronze.get(leaf.table);
    if (stream?.bronze !== undefined) return this.bronzeSource(leaf, stream, stream.bronze.classification);
    for (let length = leaf.path.length; length >= 0; length--) {
      const found = this.columns.get(this.referenceOf({ ...leaf, path: leaf.path.slice(0, length) }));
      if (found !== undefined) return found;
    }
    return { classification: 'internal' };
  }

  /** The columns that a reference of a contract stands for; none: it stands for nothing. */
  leavesOf(reference: string, database: string): readonly Leaf[] {
    const [head = '', ...rest] = reference.split('.');
    const table = this.byReference.get(head);
    if (table === undefined)
      return [
        { table: `${database}.OPS.${head.toUpperCase()}`, column: rest.join('.').toUpperCase(), path: [] },
      ];
    if (table.bronze === undefined)
      return [{ table: table.name, column: (rest[0] ?? '').toUpperCase(), path: rest.slice(1) }];
    return streamLeaves(table, rest);
  }

  private bronzeSource(
    { column, path }: Leaf,
    { reference }: MadeTable,
    ofStream: SourceColumn['classification'],
  ): SourceColumn {
    if (column === 'PAYLOAD')
      for (let length = path.length; length > 0; length--) {
        const found = this.columns.get([reference, ...path.slice(0, length)].join('.'));
        if (found !== undefined) return found;
      }
    const classification = bronzeClass(column, ofStream);
    if (!(column in BRONZE_MASKS)) return { classification };
    return { classification, mask: { kind: 'free_text', form: 'nothing', clearFor: [] } };
  }
}

/** A column of SILVER by its name or by its path, what is within one, or all that are within an object. */
function streamLeaves(table: MadeTable, path: readonly string[]): readonly Leaf[] {
  const [name = ''] = path;
  const dotted = path.join('.');
  const place = (column: string, rest: readonly string[]): Leaf => ({
    table: table.name,
    column,
    path: rest,
  });
  const enveloped = table.bronze?.envelope.get(dotted);
  if (enveloped !== undefined) return [place(enveloped, [])];
  const named = path.length === 1 && table.columns.find((column) => column.name === name.toUpperCase());
  if (named !== false && named !== undefined) return [place(named.name, [])];
  return table.columns.flatMap((column) => {
    const own = column.path;
    if (own === undefined) return [];
    if (startsWith(path, own)) return [place(column.name, path.slice(own.length))];
    return startsWith(own, path) ? [place(column.name, [])] : [];
  });
}

export function startsWith(path: readonly string[], prefix: readonly string[]): boolean {
  return prefix.every((step, index) => path[index] === step);
}
