import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  loadContracts,
  madeTables,
  type MadeTable,
  type ProductContract,
  type StreamContract,
} from '@das/contracts';

/** A table of GOLD that has one row for each thing that a stream's events name, such as an order. */
export interface Fold {
  readonly table: string;
  /** Its key, and where an event has it. */
  readonly key: readonly { readonly column: string; readonly path: readonly string[] }[];
  /** In SQL, over BRONZE: which events make a row. */
  readonly counts: string;
}

const CONTRACTS = join(__dirname, '..', '..', 'contracts');

/** What the contracts say in words alone, by table. */
const COUNTS: Readonly<Record<string, string>> = {
  // A session in which nobody succeeded is none.
  SESSIONS: "EVENT_TYPE <> 'login.failed'",
};
/** A token stands for the one that it was mapped to, and the demo exchanges no keys. */
const MAPPED = 'token_rekeys.new_token';

/** By what contracts say of keys: each of their columns is made from one property of the stream. */
export class Folds {
  private readonly made: ReadonlyMap<string, MadeTable>;

  constructor() {
    const files = readdirSync(CONTRACTS, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.odcs.yaml'))
      .map((name) => join(CONTRACTS, name));
    this.made = new Map(madeTables(loadContracts(files)).map((table) => [table.name, table]));
  }

  of(stream: StreamContract, products: readonly ProductContract[]): readonly Fold[] {
    return products.flatMap(({ tables }) =>
      tables.flatMap(({ table, key }) => {
        const columns = this.made.get(`${table.database}.${table.schema}.${table.name}`)?.columns ?? [];
        const sources = key.map((column) => columns.find(({ name }) => name === column)?.sources ?? []);
        const paths = sources.map((from) => propertyOf(stream, from));
        if (paths.length === 0 || paths.includes(undefined)) return [];
        return {
          table: table.name,
          key: key.map((column, index) => ({ column, path: paths[index] ?? [] })),
          counts: COUNTS[table.name] ?? 'true',
        };
      }),
    );
  }
}

/** The one property that a column is made from. */
function propertyOf(
  { stream, properties }: StreamContract,
  sources: readonly string[],
): readonly string[] | undefined {
  const [source, ...more] = sources.filter((name) => name !== MAPPED);
  if (more.length > 0) return undefined;
  return properties.find(({ path }) => `${stream}.${path.join('.')}` === source)?.path;
}
