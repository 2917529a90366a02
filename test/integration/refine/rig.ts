import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { DbtPlace } from '@das/testing';

/** The database of the domain, on both targets. */
export const DATABASE = 'BROOK_COMMERCE';
export const HEALTH = 'BROOK_HEALTH';
export const LOGISTICS = 'BROOK_LOGISTICS';
/** Of commerce alone: the other domains' models are built by the same macros, and the oracle compares them. */
export const RUN_COMMERCE = ['run', '--select', 'path:models/brook_commerce'];
const PARSED = 'partial_parse.msgpack';

/** A folder of one suite, in which each build has its own lake, work and target. */
export class RefineRig {
  private readonly dir = mkdtempSync(join(tmpdir(), 'das-refine-'));
  private readonly places: DbtPlace[] = [];

  place(name: string): DbtPlace {
    const place = {
      lake: join(this.dir, name, 'lake'),
      work: join(this.dir, name, 'work'),
      target: join(this.dir, name, 'target'),
    };
    for (const folder of Object.values(place)) mkdirSync(folder, { recursive: true });
    // What dbt has parsed for one place need not be parsed again for the next.
    const parsed = this.places.map(({ target }) => join(target, PARSED)).find((file) => existsSync(file));
    if (parsed !== undefined) cpSync(parsed, join(place.target, PARSED));
    this.places.push(place);
    return place;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Reads the files of a database, each under a name. */
export async function withDatabases<T>(
  files: Readonly<Record<string, DbtPlace>>,
  use: (db: DuckDBConnection) => Promise<T>,
  database = DATABASE,
): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:');
  const db = await instance.connect();
  try {
    await db.run("SET TimeZone = 'UTC'");
    for (const [name, { work }] of Object.entries(files)) {
      await db.run(`ATTACH '${join(work, `${database}.duckdb`)}' AS "${name}" (READ_ONLY)`);
    }
    return await use(db);
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}
