import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadAccess, loadContracts } from '@das/contracts';
import type { Broken, Invariant } from '../invariants/broken';
import type { Deployment } from '../invariants/check-invariants';
import { readRenderedSql } from '../rendered/load-rendered';

const ROOT = join(__dirname, '../../../..');
export const CONTRACTS = join(ROOT, 'contracts');
const files = readdirSync(CONTRACTS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.odcs.yaml'))
  .map((name) => join(CONTRACTS, name));

/** What the repository would send to Snowflake as it stands. */
export const deployed: Deployment = {
  documents: loadContracts(files),
  access: loadAccess(CONTRACTS),
  ...readRenderedSql(ROOT),
};

/** Of what an invariant does not hold. */
export function wheres(found: readonly Broken[], invariant: Invariant): readonly string[] {
  return found.filter((one) => one.invariant === invariant).map(({ where }) => where);
}

/** The domain that invariants are tried on. */
export const DB = 'BROOK_COMMERCE';

export function policy(name: string): string {
  return `"${DB}"."OPS"."${name}"`;
}
