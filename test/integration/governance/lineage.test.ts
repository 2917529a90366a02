import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isPersonal, isStream, loadContracts, madeTables } from '@das/contracts';
import { filledTables, lineageFaults } from '@das/governance';
import { traceLineage } from '../../../scripts/render/trace-lineage';
import { LEAKS } from './lineage/leaks';
import { brokenBy, RENDERED, renderedText, traceOthers } from './lineage/traced';

const CONTRACTS = join(__dirname, '../../../contracts');
const documents = loadContracts(
  readdirSync(CONTRACTS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.odcs.yaml'))
    .map((name) => join(CONTRACTS, name)),
);

it('is traced as it is written beside the SQL, and as contracts have it', () => {
  const lineage = traceLineage(filledTables(RENDERED));
  expect(lineage).toEqual(RENDERED.lineage);
  expect(lineageFaults({ documents, ...RENDERED })).toEqual([]);
});

describe('a leak is told by the name of', () => {
  const others = LEAKS.map(({ file, from, to }) => {
    const text = renderedText(file);
    const changed = text.replace(from, () => to);
    if (changed === text) throw new Error(`${file} has nothing like ${from}`);
    return { file, text: changed };
  });
  const traced = traceOthers(others);

  it.each(LEAKS.map((leak, index) => [leak.where, leak.what, leak, index] as const))(
    '%s: %s',
    (_, __, { invariant, where }, index) => {
      const one = traced[index];
      if (one === undefined) throw new Error('was not traced');
      const found = brokenBy(one, documents);
      expect(found).toContainEqual(expect.objectContaining({ invariant, where }));
    },
  );
});

it('is told where a stream brings another domain’s rows', () => {
  const files = RENDERED.files.map((text) =>
    text.replace(
      'on table "BROOK_HEALTH"."OPS"."DEAD_LETTER_AUDIT"',
      'on table "BROOK_COMMERCE"."OPS"."DEAD_LETTER_AUDIT"',
    ),
  );
  const { account } = RENDERED;
  const lineage = traceLineage(filledTables({ account, files })).filter((one) => 'columns' in one);
  expect(lineageFaults({ documents, account, files, lineage }).map(({ message }) => message)).toContain(
    'BROOK_HEALTH.OPS.DEAD_LETTER_FACTS.DISCARDED_AT is made from BROOK_COMMERCE.OPS.DEAD_LETTER_AUDIT.AT, of another domain',
  );
});

it('is told wherever a personal column is copied into one that is not', () => {
  const forms = [
    (column: string) => `"${column}"`,
    (column: string) => `case when "${column}" like 'a%' then 'x' end`,
    (column: string) => `'' || "${column}"`,
  ];
  const copies = madeTables(documents)
    .filter(({ name }) => name.includes('.GOLD.'))
    .filter(({ columns }) => columns.some(isPersonal))
    .flatMap(({ name, columns }) => {
      const file = `${name.toLowerCase().replaceAll('.', '/')}.sql`;
      const text = renderedText(file);
      const personal = columns.filter(isPersonal);
      return (
        columns
          // What a contract declassifies may be copied in any form: that is what two people have approved.
          .filter((column) => !personal.includes(column) && column.declassifies.length === 0)
          .flatMap((column, index) =>
            forms.map((form, offset) => {
              const source = personal[(index + offset) % personal.length]?.name ?? '';
              const own = new RegExp(`cast\\("${column.name}" as ([^\\n]*)\\) as "${column.name}"`);
              const changed = text.replace(own, `cast(${form(source)} as $1) as "${column.name}"`);
              return { file, text: changed, where: `${name}.${column.name}` };
            }),
          )
      );
    });
  expect(copies.length).toBeGreaterThan(100);
  const passed = traceOthers(copies).flatMap((one, index) => {
    const where = copies[index]?.where ?? '';
    return brokenBy(one, documents).some((broken) => broken.where === where) ? [] : [where];
  });
  expect(passed).toEqual([]);
});

/** What is left of their sources is made, further down, of everything that the missing one is made of. */
const MADE_OF_THE_SAME = [
  'member_links.patient_id of token_rekeys.new_token',
  'carrier_performance.ship_date of shipments.first_event_at',
  'delivery_promise.started_at of shipments.first_event_at',
  'delivery_promise.promised_hours of shipments.first_event_at',
  'delivery_promise.actual_hours of shipments.created_at',
  'delivery_promise.actual_hours of shipments.first_event_at',
  'delivery_promise.actual_hours of shipments.delivered_at',
  'delivery_promise.promise_kept of shipments.state',
];

it('is told wherever a contract names one source less than there are', () => {
  const passed: string[] = [];
  let mutants = 0;
  for (const document of documents.filter((one) => !isStream(one)))
    for (const [at, table] of document.schema.entries())
      for (const [index, property] of table.properties.entries())
        for (const source of property.transformSourceObjects ?? []) {
          mutants++;
          const other = structuredClone(document);
          const changed = other.schema[at]?.properties[index] as {
            transformSourceObjects: readonly string[];
          };
          changed.transformSourceObjects = changed.transformSourceObjects.filter((name) => name !== source);
          const all = documents.map((one) => (one === document ? other : one));
          const where = `.GOLD.${table.physicalName}.${property.name.toUpperCase()}`;
          if (!lineageFaults({ documents: all, ...RENDERED }).some((broken) => broken.where.endsWith(where)))
            passed.push(`${table.name}.${property.name} of ${source}`);
        }
  expect(mutants).toBeGreaterThan(100);
  // A count is made of no column, and by the keys of its window, whatever a contract says that it counts.
  expect(passed.filter((name) => !/(_count|failed_logins) of /.test(name))).toEqual(MADE_OF_THE_SAME);
});
