import { textsAt } from './texts-at';

const table = { database: 'DB', schema: 'BRONZE', name: 'T"1' };

it.each([
  [
    ['patient', "m'rn"],
    `SELECT CAST(GET(GET(t."PAYLOAD", 'patient'), 'm''rn') AS VARCHAR) AS "VALUE" FROM "DB"."BRONZE"."T""1" t`,
  ],
  [
    ['contacts', '[]', 'phones', '[]'],
    `SELECT CAST(f2.VALUE AS VARCHAR) AS "VALUE" FROM "DB"."BRONZE"."T""1" t, ` +
      `LATERAL FLATTEN(INPUT => GET(t."PAYLOAD", 'contacts')) f1, LATERAL FLATTEN(INPUT => GET(f1.VALUE, 'phones')) f2`,
  ],
])('%j is reached by GET and FLATTEN', (path, sql) => {
  expect(textsAt({ table, column: 'PAYLOAD', path })).toBe(sql);
});
