import {
  isPersonal,
  protectionFaults,
  type MadeColumn,
  type MadeTable,
  type OdcsDocument,
} from '@das/contracts';
import { broken, type Broken } from '../invariants/broken';
import { Expansion, holds } from './expand';
import { filledTables } from './filled-tables';
import { leafOf, Places, type Leaf } from './places';
import { digestOf, type TracedTable } from './traced-table';

interface Traced {
  readonly documents: readonly OdcsDocument[];
  readonly account: readonly string[];
  readonly files: readonly string[];
  readonly lineage: readonly TracedTable[];
}

/** Where SQL makes something else than contracts say, or of something that is better protected. */
export function lineageFaults({ documents, account, files, lineage }: Traced): readonly Broken[] {
  const check = new LineageCheck(new Places(documents), new Expansion(lineage));
  const byName = new Map(lineage.map((traced) => [traced.table, traced]));
  const { filled } = filledTables({ account, files });
  const unknown = filled.flatMap((own) => {
    const traced = byName.get(own.table);
    if (traced?.digest === digestOf(own)) return [];
    const says = traced === undefined ? 'was never traced' : 'was traced from other SQL';
    return [broken('lineage-is-known', own.table, `${says}: npm run render`)];
  });
  return [...unknown, ...lineage.flatMap((traced) => [...check.faults(traced)])];
}

/** What stands in OPS, where no contract says anything, holds nothing that would need protection. */
const NOT_IN_A_CONTRACT = { classification: 'internal' } as const;

class LineageCheck {
  constructor(
    private readonly places: Places,
    private readonly expansion: Expansion,
  ) {}

  *faults(traced: TracedTable): Generator<Broken> {
    const table = this.places.tables.find(({ name }) => name === traced.table);
    for (const column of table?.columns ?? [])
      if (!(column.name in traced.columns))
        yield broken('made-as-declared', `${traced.table}.${column.name}`, 'is filled by nothing');
    for (const [name, { of, by }] of Object.entries(traced.columns)) {
      const where = `${traced.table}.${name}`;
      const column = table?.columns.find((one) => one.name === name);
      const sources = of.map(leafOf);
      yield* this.protection(where, column, sources);
      yield* this.protection(where, column, this.personal(by), ' (its window goes by that)');
      if (table === undefined || column === undefined) yield* this.ofOneDomain(where, sources);
      else if (table.bronze === undefined) yield* this.declared(where, column, table, sources);
      else yield* this.landed(where, column, table, sources);
    }
    yield* this.rows(traced, table);
    yield* this.otherDomains(traced, table?.inputs ?? []);
  }

  /** That it is protected as its sources are, but for those of which its contract says that nothing is left. */
  private *protection(
    where: string,
    column: MadeColumn | undefined,
    sources: readonly Leaf[],
    how = '',
  ): Generator<Broken> {
    const lost = this.named(column?.declassifies ?? [], where);
    const kept = sources.filter((source) => !lost.some((place) => holds(place, source)));
    const named = kept.map((source) => ({
      reference: this.places.referenceOf(source),
      column: this.places.sourceOf(source),
    }));
    for (const fault of protectionFaults(column ?? NOT_IN_A_CONTRACT, named))
      yield broken('made-as-protected', where, `${fault}${how}`);
  }

  /** Of GOLD: that `transformSourceObjects` name everything; of what decides about rows, nothing more. */
  private *declared(
    where: string,
    column: MadeColumn,
    table: MadeTable,
    sources: readonly Leaf[],
  ): Generator<Broken> {
    const named = this.named(column.sources, where);
    for (const source of sources)
      if (!this.expansion.isWithin(source, named))
        yield broken(
          'made-as-declared',
          where,
          `is made from ${this.places.referenceOf(source)}, which its transformSourceObjects do not name`,
        );
    if (!table.rowColumns.includes(column.name)) return;
    for (const reference of column.sources)
      if (!this.named([reference], where).every((place) => this.expansion.isWithin(place, sources)))
        yield broken('made-as-declared', where, `decides who sees a row, and is not made from ${reference}`);
  }

  /** Of OPS: that a domain's operators are told of that domain. */
  private *ofOneDomain(where: string, sources: readonly Leaf[]): Generator<Broken> {
    const [database = ''] = where.split('.');
    for (const source of sources)
      if (!source.table.startsWith(`${database}.`))
        yield broken(
          'made-as-declared',
          where,
          `is made from ${source.table}.${source.column}, of another domain`,
        );
  }

  /** Of SILVER: that it is what stands at its path, or tells how the event came. */
  private *landed(
    where: string,
    { name, path, link }: MadeColumn,
    { bronze }: MadeTable,
    sources: readonly Leaf[],
  ): Generator<Broken> {
    const [column, at] = link === undefined ? ['PAYLOAD', path] : ['LINK_TOKENS', [link]];
    if (at === undefined || bronze === undefined) {
      yield* this.enveloped(where, name, bronze, sources);
      return;
    }
    const wanted: Leaf = { table: bronze.name, column, path: at };
    for (const source of sources)
      if (!holds(wanted, source) || !holds(source, wanted))
        yield broken(
          'made-as-declared',
          where,
          `is made from ${this.places.referenceOf(source)}, and not from ${at.join('.')} alone`,
        );
    if (sources.length === 0) yield broken('made-as-declared', where, `is not made from ${at.join('.')}`);
  }

  /** Of SILVER: that what BRONZE read out of the envelope is taken as it is. */
  private *enveloped(
    where: string,
    name: string,
    bronze: MadeTable['bronze'],
    sources: readonly Leaf[],
  ): Generator<Broken> {
    if (bronze === undefined || ![...bronze.envelope.values()].includes(name)) return;
    for (const source of sources)
      if (source.table !== bronze.name || source.column !== name)
        yield broken(
          'made-as-declared',
          where,
          `is made from ${this.places.referenceOf(source)}, and not from ${bronze.name}.${name} alone`,
        );
  }

  /** That personal data decides about rows only where a contract says so. */
  private *rows({ table: name, rows }: TracedTable, table: MadeTable | undefined): Generator<Broken> {
    const said = table?.declassifies ?? [];
    const places = this.named(said, name);
    for (const source of this.personal(rows))
      if (!places.some((place) => holds(place, source)))
        yield broken(
          'rows-as-declared',
          name,
          `has rows that ${this.places.referenceOf(source)} decides about, which its das.declassifies does not name`,
        );
    for (const reference of said)
      if (!this.named([reference], name).some((place) => rows.map(leafOf).some((row) => holds(place, row))))
        yield broken(
          'rows-as-declared',
          name,
          `declassifies ${reference}, which decides about none of its rows`,
        );
  }

  /** That whatever it looks into is of this domain, or among its inputs: that there are rows is told without any column. */
  private *otherDomains({ table, reads }: TracedTable, inputs: readonly string[]): Generator<Broken> {
    const [database = ''] = table.split('.');
    for (const other of reads)
      if (!other.startsWith(`${database}.`) && !inputs.includes(other))
        yield broken('made-as-declared', table, `reads ${other}, which its das.lineage does not name`);
  }

  /** Tokens are left out: they are there to be joined and counted, and tell of nobody. */
  private personal(sources: readonly string[]): readonly Leaf[] {
    return sources.map(leafOf).filter((source) => {
      const column = this.places.sourceOf(source);
      return isPersonal(column) && column.isToken !== true;
    });
  }

  /** @param where - a name that begins with the database in which tables of OPS are meant */
  private named(references: readonly string[], where: string): readonly Leaf[] {
    const [database = ''] = where.split('.');
    return references.flatMap((reference) => this.places.leavesOf(reference, database));
  }
}
