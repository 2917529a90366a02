import { Failure } from '@das/pipeline';
import type { Reader } from '../with-warehouse';
import { maskedQuery, type RekeyDomain } from './rekey-sql';

/**
 * That tokens are read as they landed: of masked payloads a re-keying would find none, and look finished.
 * @throws Failure naming the table whose payloads are masked
 */
export async function checkClear(domains: readonly RekeyDomain[], reader: Reader): Promise<void> {
  for (const { tables } of domains)
    for (const table of tables) {
      const [row] = await reader.all(maskedQuery(table));
      if (Number(row?.EVENTS ?? 0) === 0) continue;
      throw new Failure(
        'setup',
        'payload_is_masked',
        `${table.database}.${table.schema}.${table.name} shows this role no payloads, and so no tokens: ask as TRANSFORMER`,
      );
    }
}
