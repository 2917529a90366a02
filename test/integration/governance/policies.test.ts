import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { governedTables, loadAccess, loadContracts } from '@das/contracts';
import {
  disagreements,
  loadExpectations,
  loadRendered,
  loadShareExpectations,
  missingCells,
  showLocal,
  showRendered,
  showRenderedShares,
  statementsOf,
  type Ask,
} from '@das/governance';
import { startSnowflakeStandIn, type SnowflakeStandIn } from '@das/testing';

const ROOT = join(__dirname, '../../..');
const CONTRACTS = join(ROOT, 'contracts');
const files = readdirSync(CONTRACTS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.odcs.yaml'))
  .map((name) => join(CONTRACTS, name));
const documents = loadContracts(files);
const access = loadAccess(CONTRACTS);
const expected = loadExpectations(CONTRACTS);
const shared = loadShareExpectations(CONTRACTS);

it('expects something of every role, column and environment', () => {
  expect(missingCells(expected, governedTables(documents), access)).toEqual([]);
  expect(expected.flatMap(({ cells }) => cells).length).toBeGreaterThan(8000);
});

it('sees on DuckDB what is expected, cell by cell', async () => {
  expect(disagreements(expected, await showLocal(documents, access, expected))).toEqual([]);
});

/** fakesnow runs the bodies; that Snowflake asks them is Snowflake's matter, and not shown here. */
describe('the rendered policies, evaluated', () => {
  const use = ['use database "BROOK_COMMERCE"', 'use schema "OPS"'];
  const databases = [...new Set(governedTables(documents).map(({ database }) => database))];
  let dir: string;
  let snowflake: SnowflakeStandIn;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'das-policies-'));
    snowflake = await startSnowflakeStandIn(dir);
    for (const database of databases) {
      snowflake.prepare(database);
      const domain = database.toLowerCase();
      const mapping = `sql/policies/${domain}/R__310_${domain}_mapping_tables.sql`;
      snowflake.run([...use, ...statementsOf(readFileSync(join(ROOT, mapping), 'utf8'))]);
    }
  });
  afterAll(async () => {
    await snowflake.stop();
    rmSync(dir, { recursive: true });
  });

  const ask: Ask = async (sql) => Promise.resolve(snowflake.run([...use, sql]));

  it('show what is expected, cell by cell', async () => {
    const shown = await showRendered({ documents, access, expected }, loadRendered(ROOT), ask);
    expect(disagreements(expected, shown)).toEqual([]);
  });

  it('show an account outside what is expected, cell by cell, and nothing after the last day', async () => {
    const rendered = loadRendered(ROOT);
    const shown = await showRenderedShares({ documents, expected: shared }, rendered, ask, '2026-11-27');
    expect(disagreements(shared, shown)).toEqual([]);
    const after = await showRenderedShares({ documents, expected: shared }, rendered, ask, '2027-12-01');
    expect(after.flatMap(({ rows }) => [...(rows?.keys() ?? [])])).toEqual([]);
  });
});
