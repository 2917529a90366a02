import { Failure } from '@das/pipeline';
import type * as DuckDb from '@duckdb/node-api';
import type { ReaderRole } from '../reader-role';
import { Generation, type Shown } from './generation';
import { listTables } from './lake-tables';
import { currentSnapshot, publishedOf } from './snapshot';

/** Where a local warehouse finds its tables; absolute. */
export interface LocalFolders {
  readonly lake: string | undefined;
  readonly refined: string | undefined;
}

/** How often a snapshot may be deleted while it is being opened: each time a newer one was published. */
const MOST_TRIES = 50;

/** Finds for each query the generation that shows what is there when it begins. */
export class Generations {
  private newest: Promise<Generation> | undefined;
  private newestKey: string | undefined;
  private isClosed = false;

  constructor(
    private readonly folders: LocalFolders,
    private readonly duckdb: typeof DuckDb,
    private readonly as?: ReaderRole,
  ) {}

  get hasSnapshot(): boolean {
    const { refined } = this.folders;
    return refined !== undefined && currentSnapshot(refined) !== undefined;
  }

  /** Whoever holds it releases it. @throws Failure setup when the snapshot cannot be opened */
  async acquire(): Promise<Generation> {
    for (let tries = 1; ; tries++) {
      const shown = this.look();
      const key = keyOf(shown);
      try {
        const generation = await this.generationOf(key, shown);
        // Else a newer one came, and this one was closed before anybody held it.
        if (generation.hold()) return generation;
        if (tries === MOST_TRIES) throw new Error('every generation was closed before it was held');
      } catch (thrown) {
        if (this.newestKey === key) this.newest = this.newestKey = undefined;
        const isNewer = keyOf(this.look()) !== key;
        if (isNewer && tries < MOST_TRIES) continue;
        throw unreadable(thrown);
      }
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const { newest } = this;
    this.newest = this.newestKey = undefined;
    (await newest?.catch(() => undefined))?.retire();
  }

  /** Queries that begin together share one that is being made. */
  private async generationOf(key: string, shown: Shown): Promise<Generation> {
    if (this.isClosed) throw new Failure('unknown', 'warehouse_closed', 'the warehouse is closed');
    if (this.newest !== undefined && this.newestKey === key) return this.newest;
    const before = this.newest;
    const { lake, refined } = this.folders;
    const allowed = [lake, refined === undefined ? undefined : publishedOf(refined)];
    const made = Generation.make(
      key,
      shown,
      allowed.filter((folder) => folder !== undefined),
      this.duckdb,
      this.as,
    );
    this.newest = made;
    this.newestKey = key;
    void before?.then(
      (old) => {
        old.retire();
      },
      () => undefined,
    );
    return made;
  }

  private look(): Shown {
    const { lake, refined } = this.folders;
    return {
      lake: lake === undefined ? [] : listTables(lake),
      snapshot: refined === undefined ? undefined : currentSnapshot(refined),
    };
  }
}

function keyOf({ lake, snapshot }: Shown): string {
  return JSON.stringify([snapshot?.id, lake.map(({ folder, isEmpty }) => [folder, isEmpty])]);
}

function unreadable(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  return new Failure(
    'setup',
    'tables_unreadable',
    'the tables of the lake or the snapshot cannot be opened',
    {
      cure: 'check the folders named by DAS_LAKE and DAS_REFINED; das transform publishes a new snapshot',
      cause: thrown,
    },
  );
}
