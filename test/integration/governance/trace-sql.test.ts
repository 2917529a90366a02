import { traceLineage } from '../../../scripts/render/trace-lineage';

const COLUMNS = ['ID', 'EMAIL', 'N', 'ITEMS', 'PAYLOAD'];
const TABLES = new Map([
  ['D.S.T', COLUMNS],
  ['D.S.L', ['ID', 'EMAIL', 'SEGMENT']],
  ['D.G.X', ['A']],
]);

/** SQL that fills a column A, what that is made of, and what decides about its rows; short names are of `D.S.T`. */
type Asked = readonly [sql: string, of: readonly string[], rows?: readonly string[], by?: readonly string[]];

const FOLLOWED: readonly Asked[] = [
  ['select email as a from d.s.t', ['EMAIL']],
  ['with c as (select t.* from d.s.t), e as (select * from c) select email from e', ['EMAIL']],
  ['select a from (select email as a, n from d.s.t)', ['EMAIL']],
  ['select t.* exclude (id, n, items, payload) from d.s.t', ['EMAIL']],
  ['select * exclude (id, n, items, payload) rename (email as a) from d.s.t', ['EMAIL']],
  ["select * ilike '%mail' from d.s.t", ['EMAIL']],
  ["select case when email like 'a%' then n end as a from d.s.t", ['EMAIL', 'N']],
  ["select decode(email, 'a', 1, 0) as a from d.s.t", ['EMAIL']],
  ['select email is null as a from d.s.t', ['EMAIL']],
  ['select max_by(n, email) as a from d.s.t', ['EMAIL', 'N']],
  ["select listagg(n, ',') within group (order by email) as a from d.s.t", ['EMAIL', 'N']],
  ['select count(distinct email) as a from d.s.t', ['EMAIL']],
  ['select count(*) as a from d.s.t', []],
  ['select object_construct(l.*) as a from d.s.l as l', ['D.S.L.EMAIL', 'D.S.L.ID', 'D.S.L.SEGMENT']],
  // Paths into a VARIANT, as far as nothing is computed on the way.
  ['select payload:"customer"."email"::varchar as a from d.s.t', ['PAYLOAD:customer.email']],
  ["select get_path(payload, 'customer.email') as a from d.s.t", ['PAYLOAD:customer.email']],
  ["select payload['customer'][0]:email as a from d.s.t", ['PAYLOAD:customer.[].email']],
  ['with c as (select payload:customer as p from d.s.t) select p:email from c', ['PAYLOAD:customer.email']],
  ['with c as (select coalesce(payload, items) as p from d.s.t) select p:email from c', ['ITEMS', 'PAYLOAD']],
  ['select payload[email] as a from d.s.t', ['EMAIL', 'PAYLOAD']],
  ['select f.value:sku as a from d.s.t, lateral flatten(input => items) as f', ['ITEMS:[].sku'], ['ITEMS']],
  [
    'select g.value:x as a from d.s.t, lateral flatten(input => items) as f, lateral flatten(input => f.value:parts) as g',
    ['ITEMS:[].parts.[].x'],
    ['ITEMS', 'ITEMS:[].parts'],
  ],
  [
    'select f.index as a from d.s.t, lateral flatten(input => items, outer => true) as f',
    ['ITEMS'],
    ['ITEMS'],
  ],
  ['select filter(items, i -> i:email is not null) as a from d.s.t', ['ITEMS']],
  // Windows: their keys count less, but for the order of what is a place in it.
  ['select lag(n) over (partition by email order by id) as a from d.s.t', ['N'], [], ['EMAIL', 'ID']],
  ['select row_number() over (partition by email order by id) as a from d.s.t', ['ID'], [], ['EMAIL']],
  ['select count(*) over (partition by email) as a from d.s.t', [], [], ['EMAIL']],
  // Queries within.
  [
    'select (select max(l.email) from d.s.l as l where l.id = t.id) as a from d.s.t as t',
    ['D.S.L.EMAIL', 'D.S.L.ID', 'ID'],
  ],
  [
    'select n as a from d.s.t as t where exists (select 1 from d.s.l as l where l.email = t.email)',
    ['N'],
    ['D.S.L.EMAIL', 'EMAIL'],
  ],
  ['select n as a from d.s.t where email in (select email from d.s.l)', ['N'], ['D.S.L.EMAIL', 'EMAIL']],
  ['select n as a from d.s.t where email = any (select email from d.s.l)', ['N'], ['D.S.L.EMAIL', 'EMAIL']],
  // What decides about rows.
  ["select n as a from d.s.t where email <> 'x'", ['N'], ['EMAIL']],
  ['with c as (select * from d.s.t where email is null) select n from c', ['N'], ['EMAIL']],
  [
    'select l.segment as a from d.s.t as t left join d.s.l as l using (email)',
    ['D.S.L.SEGMENT'],
    ['D.S.L.EMAIL', 'EMAIL'],
  ],
  [
    'select n as a from d.s.t asof join d.s.l match_condition (t.n >= l.segment) on t.email = l.email',
    ['N'],
    ['D.S.L.EMAIL', 'D.S.L.SEGMENT', 'EMAIL', 'N'],
  ],
  ['select max(n) as a from d.s.t group by email having max(id) > 1', ['N'], ['EMAIL', 'ID']],
  ['select n as a from d.s.t qualify row_number() over (order by email) = 1', ['N'], ['EMAIL']],
  ['select n as a from d.s.t order by email limit 1', ['N'], ['EMAIL']],
  ['select n as a from d.s.t order by email', ['N']],
  ['select distinct email as a from d.s.t', ['EMAIL'], ['EMAIL']],
  [
    'select n as a from d.s.t union select segment from d.s.l',
    ['D.S.L.SEGMENT', 'N'],
    ['D.S.L.SEGMENT', 'N'],
  ],
  ['select n as a from d.s.t union all select segment from d.s.l', ['D.S.L.SEGMENT', 'N']],
  [
    'select n as a from d.s.t except select segment from d.s.l where email is null',
    ['D.S.L.SEGMENT', 'N'],
    ['D.S.L.EMAIL', 'D.S.L.SEGMENT', 'N'],
  ],
  // Statements that fill a table.
  ['insert overwrite into d.g.x (a) with c as (select email from d.s.t) select email from c', ['EMAIL']],
  ['insert into d.g.x (a) select email from d.s.t where n > 1', ['EMAIL'], ['N']],
  [
    'merge into d.g.x as x using (select email from d.s.t) as s on x.a = s.email when matched then update set a = s.email',
    ['EMAIL'],
    ['D.G.X.A', 'EMAIL'],
  ],
  [
    'merge into d.g.x as x using d.s.t as t on x.a = t.n when matched and t.id > 1 then delete when not matched then insert (a) values (upper(t.email))',
    ['EMAIL'],
    ['D.G.X.A', 'ID', 'N'],
  ],
];

const REFUSED: readonly (readonly [sql: string, why: string])[] = [
  ['select lookup(n) as a from d.s.t', 'calls lookup, which is not known and may read anything'],
  ['select d.s.lookup(n) as a from d.s.t', 'calls lookup'],
  ["select identifier('email') as a from d.s.t", 'says nothing of where it comes from'],
  ['select $1 as a from d.s.t', 'says nothing of where it comes from'],
  ['select $secret as a from d.s.t', 'says nothing of where it comes from'],
  ['select nothing as a from d.s.t', 'could not be resolved'],
  ['select x as a from d.s.elsewhere', 'could not be resolved'],
  ['select count(*) as a from d.s.elsewhere', 'reads D.S.ELSEWHERE, of which nothing is known'],
  ['select a from table(result_scan(last_query_id())) as r', ''],
  ['with recursive r as (select n as a from d.s.t union all select a + 1 from r) select a from r', ''],
  ["select n as a from d.s.t pivot (max(n) for email in ('x'))", ''],
  [
    'select a from d.s.t match_recognize (partition by id order by n measures max(email) as a pattern (x) define x as true)',
    '',
  ],
  ['select n as a from d.s.t start with n = 1 connect by n = prior id', 'cannot be followed: connect'],
  ['select email, n from d.s.t', 'gives 2 columns for 1'],
  ['select email as a from d.s.t; select 1', 'is more than one statement'],
  ['update d.g.x set a = 1', 'is a statement that cannot be followed'],
  ['call d.s.fill()', 'is a statement that cannot be followed'],
  ['insert into d.g.y (a) select email from d.s.t', 'fills D.G.Y'],
  ['begin insert into d.g.x select 1; end', ''],
];

const all = [...FOLLOWED.map(([sql]) => sql), ...REFUSED.map(([sql]) => sql)];
const traced = traceLineage({
  tables: TABLES,
  streams: new Map(),
  filled: all.map((sql) => ({ table: 'D.G.X', columns: ['A'], statements: [sql] })),
});
const full = (names: readonly string[] = []): readonly string[] =>
  names.map((name) => (name.startsWith('D.') ? name : `D.S.T.${name}`)).toSorted();

describe('a column is followed', () => {
  it.each(FOLLOWED.map((asked, index) => [asked[0], asked, index] as const))(
    '%s',
    (_, [, of, rows, by], index) => {
      expect(traced[index]).toMatchObject({
        columns: { A: { of: full(of), by: full(by) } },
        rows: full(rows),
      });
    },
  );
});

it('knows what is looked into, without any column of it', () => {
  const statements = [
    'select n as a from d.s.t where exists (select 1 from d.s.l)',
    'select (select count(*) from d.s.l) as a',
    'select 1 as a from d.g.x cross join d.s.l',
    'insert into d.g.x (a) with c as (select 1 as n from d.s.l) select n from c',
  ];
  const filled = statements.map((sql) => ({ table: 'D.G.X', columns: ['A'], statements: [sql] }));
  expect(traceLineage({ tables: TABLES, streams: new Map([['D.S.L', 'D.B.E']]), filled })).toMatchObject([
    { reads: ['D.B.E', 'D.S.T'] },
    { reads: ['D.B.E'] },
    { reads: ['D.B.E', 'D.G.X'] },
    { reads: ['D.B.E'] },
  ]);
});

describe('a column is not said to be followed', () => {
  it.each(REFUSED.map(([sql, why], index) => [sql, why, index] as const))('%s', (_, why, index) => {
    const one = traced[FOLLOWED.length + index];
    expect(one).toMatchObject({ table: 'D.G.X', unknown: expect.stringContaining(why) as string });
  });
});
