import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeKeys, startFakesnow, warehousePortSuite, type Fakesnow } from '@das/testing';
import { openWarehouse } from '@das/warehouse';

const T = '"DB"."BRONZE"."T"';
const COLUMNS =
  '"ID" NUMBER(18,0), "NAME" VARCHAR, "BODY" VARIANT, "AT" TIMESTAMP_TZ, "OK" BOOLEAN, "AMOUNT" NUMBER(18,2), "ITEMS" ARRAY';
const SELECT =
  'SELECT f.VALUE:id::VARCHAR::NUMBER(18,0), f.VALUE:name::VARCHAR, f.VALUE:body, f.VALUE:at::VARCHAR::TIMESTAMP_TZ, ' +
  'f.VALUE:ok::BOOLEAN, f.VALUE:amount::VARCHAR::NUMBER(18,2), f.VALUE:items';

let dir: string;
let fakesnow: Fakesnow;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'das-snowflake-port-'));
  fakesnow = await startFakesnow({ dir, database: 'DB' });
  await fakesnow.run('CREATE SCHEMA DB.BRONZE');
});
afterAll(async () => {
  await fakesnow.process.stop();
  rmSync(dir, { recursive: true });
});

warehousePortSuite('snowflake-sdk against fakesnow', async ({ timeoutSeconds = 300 }) => {
  await fakesnow.run(`CREATE OR REPLACE TABLE ${T} (${COLUMNS})`);
  return {
    warehouse: await openWarehouse(
      {
        SNOWFLAKE_ACCOUNT_URL: fakesnow.url,
        SNOWFLAKE_ACCOUNT: 'TEST',
        SNOWFLAKE_USER: 'READER',
        SNOWFLAKE_PRIVATE_KEY_PATH: makeKeys(join(dir, 'keys')).privateKeyPath,
        DAS_READ_TIMEOUT_SECONDS: String(timeoutSeconds),
      },
      { queryTag: 'port' },
    ),
    insert: async (rows) => {
      // One literal, which is parsed quickly however many rows it holds.
      const json = JSON.stringify(rows).replaceAll('\\', '\\\\').replaceAll("'", "''");
      await fakesnow.run(`INSERT INTO ${T} ${SELECT} FROM TABLE(FLATTEN(INPUT => PARSE_JSON('${json}'))) f`);
    },
  };
});
