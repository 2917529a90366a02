import { account } from '../testing/drifting';

const [commerce] = account.expiry;
const attach = commerce?.procedures.find(({ name }) => name.endsWith('.ATTACH_EXPIRY'))?.body ?? '';

/** What of OPS has people\u2019s doings in it, and by when it goes; written down, not derived. */
it('of OPS goes after the days that account.yaml says', () => {
  const deleted = (commerce?.tasks ?? []).flatMap(({ definition }) => {
    const [, table, column, days] =
      /^DELETE FROM (\S*"OPS"\S*) WHERE "(\w+)" < DATEADD\(DAY, -(\d+),/.exec(definition) ?? [];
    return table === undefined ? [] : [[table.split('.').at(-1), column, days]];
  });
  expect(deleted).toEqual([
    ['"DEAD_LETTER_AUDIT"', 'AT', '2555'],
    ['"EVENTS"', 'TIMESTAMP', '90'],
  ]);
});

it('of dead letters goes like SILVER, also where their refusal is not known', () => {
  expect(attach).toContain(
    'ALTER TABLE "BROOK_COMMERCE"."OPS"."DEAD_LETTER_FACTS" ADD STORAGE LIFECYCLE POLICY "BROOK_COMMERCE"."OPS"."EXPIRE_AFTER_400_DAYS_FIRST_OF_3" ON ("INGESTED_AT", "REPLAYED_AT", "DISCARDED_AT");',
  );
  expect(commerce?.policies).toContain(
    'CREATE STORAGE LIFECYCLE POLICY IF NOT EXISTS "BROOK_COMMERCE"."OPS"."EXPIRE_AFTER_400_DAYS_FIRST_OF_3" AS ("AT_1" TIMESTAMP_TZ, "AT_2" TIMESTAMP_TZ, "AT_3" TIMESTAMP_TZ) RETURNS BOOLEAN -> COALESCE("AT_1", "AT_2", "AT_3") < DATEADD(DAY, -400, CURRENT_DATE())',
  );
});

it('attaches no policy that is not made', () => {
  const made = (commerce?.policies ?? []).map((sql) => /IF NOT EXISTS (\S+)/.exec(sql)?.[1]);
  const attached = [...attach.matchAll(/LIFECYCLE POLICY (\S+) ON/g)].map(([, name]) => name);
  expect(attached.length).toBeGreaterThan(5);
  expect(attached.filter((name) => !made.includes(name))).toEqual([]);
});
