import { DB, deployed, wheres } from '../testing/deployed';
import { filledTables } from './filled-tables';
import { lineageFaults } from './lineage-faults';
import type { TracedTable } from './traced-table';

const ORDERS = `${DB}.GOLD.ORDERS`;
const EVENTS = `${DB}.SILVER.ORDERS_EVENTS`;

/** What is told where a table were made otherwise. */
function told(table: string, other: (traced: TracedTable) => Partial<TracedTable>): readonly string[] {
  const lineage = deployed.lineage.map((traced) =>
    traced.table === table ? { ...traced, ...other(traced) } : traced,
  );
  return lineageFaults({ ...deployed, lineage }).map(({ message }) => message);
}

it.each(['SILVER.CLAIMS_FILES', 'GOLD.PATIENTS', 'OPS.TOKEN_REKEYS'])(
  'is told where it looks into a table of another domain: %s',
  (other) => {
    expect(told(ORDERS, ({ reads }) => ({ reads: [...reads, `BROOK_HEALTH.${other}`] }))).toEqual([
      `${ORDERS} reads BROOK_HEALTH.${other}, which its das.lineage does not name`,
    ]);
  },
);

it('is told where a number of rows is copied, which is made of no column', () => {
  const of = ['BROOK_HEALTH.GOLD.CLAIMS.EVENT_COUNT'];
  expect(told(ORDERS, ({ columns }) => ({ columns: { ...columns, EVENT_COUNT: { of, by: [] } } }))).toEqual([
    `${ORDERS}.EVENT_COUNT is made from claims.event_count, which its transformSourceObjects do not name`,
  ]);
});

it('is told where what may not be shown is copied', () => {
  const documents = deployed.documents.map((document) => ({
    ...document,
    schema: document.schema.map((table) => ({
      ...table,
      properties: table.properties.map((property) =>
        table.name === 'orders' && property.name === 'customer_id'
          ? { ...property, customProperties: [{ property: 'das.projection', value: 'joins_only' }] }
          : property,
      ),
    })),
  }));
  expect(wheres(lineageFaults({ ...deployed, documents }), 'made-as-protected')).toEqual([
    `${DB}.GOLD.ORDER_LINES.CUSTOMER_ID`,
  ]);
});

it('is told where SILVER takes a column of the envelope from the event', () => {
  const of = [`${DB}.BRONZE.ORDERS_EVENTS_V1.PAYLOAD:region`];
  expect(told(EVENTS, ({ columns }) => ({ columns: { ...columns, EVENT_TYPE: { of, by: [] } } }))).toEqual([
    `${EVENTS}.EVENT_TYPE is made from orders_events_v1.region, and not from ${DB}.BRONZE.ORDERS_EVENTS_V1.EVENT_TYPE alone`,
  ]);
});

it.each([
  `grant select on dynamic table ${ORDERS} to role ANALYST_EMEA`,
  `grant select on all tables in schema "${DB}"."GOLD" to role "ANALYST_EMEA"`,
  `grant select on dynamic table "${DB}"."GOLD"."ORDERS" to role "ANALYST_EMEA"`,
])('is told of a grant that dbt would send beside its own: %s', (grant) => {
  const files = deployed.files.map((file) =>
    file.includes(`dynamic table "${DB}"."GOLD"."ORDERS" (`) ? `${file};\n${grant};` : file,
  );
  expect(wheres(lineageFaults({ ...deployed, files }), 'lineage-is-known')).toEqual([ORDERS]);
  const { filled } = filledTables({ account: deployed.account, files });
  expect(filled.find(({ table }) => table === ORDERS)?.statements).toContain(grant);
});
