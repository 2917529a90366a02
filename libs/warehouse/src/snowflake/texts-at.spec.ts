import { textsAt } from './texts-at';

const table = { database: 'DB', schema: 'BRONZE', name: 'T"1' };

it.each([
  [
    ['patient', "m'rn"],
    `SELECT CAST(t."PAYLOAD"['patient']['m''rn'] AS VARCHAR) AS "VALUE" FROM "DB"."BRONZE"."T""1" t`,
  ],
  [
    ['contacts', '[]', 'phones', '[]'],
    `SELECT CAST(f2.VALUE AS VARCHAR) AS "VALUE" FROM "DB"."BRONZE"."T""1" t, ` +
      `LATERAL FLATTEN(INPUT => t."PAYLOAD"['contacts']) f1, LATERAL FLATTEN(INPUT => f1.VALUE['phones']) f2`,
  ],
])('%j is reached by keys and FLATTEN', (path, sql) => {
  expect(textsAt({ table, column: 'PAYLOAD', path })).toBe(sql);
});
