/** A change of the SQL that is sent, by which something gets where it does not belong. */
export interface Leak {
  readonly what: string;
  /** Below dbt/rendered. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly invariant: string;
  /** What is named: a column, or a table. */
  readonly where: string;
}

const ORDERS = 'brook_commerce/gold/orders.sql';
const LINES = 'brook_commerce/gold/order_lines.sql';
const EVENTS = 'brook_commerce/silver/orders_events.sql';
const CUSTOMERS = 'brook_commerce/gold/customers.sql';
const SESSIONS = 'brook_commerce/gold/sessions.sql';
const CLAIMS = '"BROOK_HEALTH"."GOLD"."CLAIMS"';
const COUPON = '    latest.coupon,';

const protectedLess = (what: string, file: string, from: string, to: string, column: string): Leak => ({
  what,
  file,
  from,
  to,
  invariant: 'made-as-protected',
  where: `BROOK_COMMERCE.${file.split('/')[1]?.toUpperCase() ?? ''}.${column}`,
});
const coupon = (what: string, to: string, from = COUPON): Leak =>
  protectedLess(what, ORDERS, from, to, 'ORDERS.COUPON');

/** Of an e-mail address, which is personal, into a coupon, which is internal. */
const INTO_A_COLUMN: readonly Leak[] = [
  coupon('as it is', '    latest.customer_email as coupon,'),
  coupon('through ||', "    latest.coupon || '/' || latest.customer_email as coupon,"),
  coupon(
    'through a CASE',
    "    case when latest.customer_email like '%@brook.example' then 'staff' end as coupon,",
  ),
  coupon('through IFF', "    iff(latest.customer_email is null, latest.coupon, 'known') as coupon,"),
  coupon('through functions', '    coalesce(latest.coupon, md5(lower(latest.customer_email))) as coupon,'),
  coupon(
    'through a CTE',
    'events as (\n\n    select * replace (customer_email as coupon), case event_type',
    'events as (\n\n    select *, case event_type',
  ),
  protectedLess(
    'through what a CTE aggregates',
    ORDERS,
    'max(case when is_late then 1 else 0 end) = 1',
    "max(case when customer_email like 'a%' then 1 else 0 end) = 1",
    'ORDERS.HAS_LATE_EVENTS',
  ),
  coupon('through a query within', `    (select max(mine.customer_email) from events as mine) as coupon,`),
  coupon(
    'through a query that is asked whether there is one',
    `    case when exists (select 1 from events as mine where mine.customer_email = latest.coupon) then 'x' end as coupon,`,
  ),
  coupon('through a window', '    max(latest.customer_email) over (partition by folded.order_id) as coupon,'),
  coupon(
    'through the keys of a window',
    '    cast(row_number() over (partition by latest.customer_email order by folded.order_id) as varchar) as coupon,',
  ),
  coupon(
    'through the order of a window',
    '    lag(latest.coupon) over (order by latest.customer_email) as coupon,',
  ),
  coupon('through an object', "    object_construct('a', latest.customer_email)::varchar as coupon,"),
  coupon('through everything', '    to_json(object_construct(latest.*)) as coupon,'),
];

/** Through `*`, a view, JSON, a MERGE, and into what no contract speaks of. */
const BY_OTHER_WAYS: readonly Leak[] = [
  protectedLess(
    'through *',
    LINES,
    `    select *
    from "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS"`,
    `    select * replace (object_construct('sku', customer_email) as items)
    from "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS"`,
    'ORDER_LINES.SKU',
  ),
  protectedLess(
    'through a join',
    LINES,
    '    lines.sku,',
    '    orders.customer_email as sku,',
    'ORDER_LINES.SKU',
  ),
  protectedLess('through a view', CUSTOMERS, '    region,', '    email as region,', 'CUSTOMERS.REGION'),
  protectedLess(
    'of one kind as another, through a view',
    CUSTOMERS,
    '    name,',
    '    email as name,',
    'CUSTOMERS.NAME',
  ),
  protectedLess(
    'through a MERGE',
    EVENTS,
    '        "COUPON" = s."COUPON",',
    '        "COUPON" = s."CUSTOMER_EMAIL",',
    'ORDERS_EVENTS.COUPON',
  ),
  protectedLess(
    'through what a MERGE inserts',
    EVENTS,
    's."COUPON", s."MEMBER_LINK_TOKEN"',
    's."CUSTOMER_NAME", s."MEMBER_LINK_TOKEN"',
    'ORDERS_EVENTS.COUPON',
  ),
  protectedLess(
    'through what a MERGE finds there',
    EVENTS,
    '        "COUPON" = s."COUPON",',
    '        "COUPON" = coalesce(s."COUPON", t."CUSTOMER_PHONE"),',
    'ORDERS_EVENTS.COUPON',
  ),
  protectedLess(
    'through its path',
    EVENTS,
    '        parsed:"coupon"::varchar as coupon,',
    '        parsed:"customer"."email"::varchar as coupon,',
    'ORDERS_EVENTS.COUPON',
  ),
  protectedLess(
    'with the whole event',
    EVENTS,
    '        parsed:"coupon"::varchar as coupon,',
    '        to_json(parsed) as coupon,',
    'ORDERS_EVENTS.COUPON',
  ),
  protectedLess(
    'with an object that holds it',
    EVENTS,
    '        parsed:"coupon"::varchar as coupon,',
    '        parsed:"customer"::varchar as coupon,',
    'ORDERS_EVENTS.COUPON',
  ),
  protectedLess(
    'of a key that is computed',
    EVENTS,
    '        parsed:"coupon"::varchar as coupon,',
    '        parsed[event_type]::varchar as coupon,',
    'ORDERS_EVENTS.COUPON',
  ),
  protectedLess(
    'as a link token',
    EVENTS,
    '        parsed:"coupon"::varchar as coupon,',
    '        link_tokens:"member"::varchar as coupon,',
    'ORDERS_EVENTS.COUPON',
  ),
  protectedLess(
    'into what operators read',
    'brook_commerce/ops/dead_letter_facts.sql',
    '        dead_errors,',
    '        array_construct(payload) as dead_errors,',
    'DEAD_LETTER_FACTS.ERRORS',
  ),
];

/** What is not personal, and is something else than the contract says. */
const NOT_AS_DECLARED: readonly Leak[] = [
  [ORDERS, COUPON, '    latest.currency as coupon,', 'GOLD.ORDERS.COUPON'],
  [LINES, 'item.value:"sku"::varchar as sku', 'to_json(latest.items) as sku', 'GOLD.ORDER_LINES.SKU'],
  [LINES, '    orders.region,', "    'EMEA' as region,", 'GOLD.ORDER_LINES.REGION'],
  [ORDERS, '    latest.region,', '    latest.shipping_address_country as region,', 'GOLD.ORDERS.REGION'],
  [
    SESSIONS,
    '    closed.device,',
    "    iff(closed.region = 'EMEA', closed.device, null) as device,",
    'GOLD.SESSIONS.DEVICE',
  ],
  [
    EVENTS,
    '        parsed:"region"::varchar as region,',
    "        'EMEA' as region,",
    'SILVER.ORDERS_EVENTS.REGION',
  ],
  [
    EVENTS,
    '        parsed:"region"::varchar as region,',
    '        parsed:"currency"::varchar as region,',
    'SILVER.ORDERS_EVENTS.REGION',
  ],
].map(([file = '', from = '', to = '', where = '']) => ({
  what: `${where} is ${to.trim()}`,
  file,
  from,
  to,
  invariant: 'made-as-declared',
  where: `BROOK_COMMERCE.${where}`,
}));

/** Personal data that decides which rows there are. */
const IN_ROWS: readonly Leak[] = [
  [
    'a filter',
    'inner join latest on folded.order_id = latest.order_id',
    "inner join latest on folded.order_id = latest.order_id\nwhere latest.customer_email like '%@brook.example'",
  ],
  ['a filter of a CTE', '    group by order_id', "    where customer_email <> 'a'\n    group by order_id"],
  [
    'a join',
    'inner join latest on folded.order_id = latest.order_id',
    'inner join latest on folded.order_id = latest.order_id and latest.customer_email is not null',
  ],
  ['a group', '    group by order_id', '    group by order_id, customer_email'],
  ['HAVING', '    group by order_id', "    group by order_id\n    having max(customer_email) > 'm'"],
  ['QUALIFY', 'partition by order_id\n', 'partition by order_id, customer_email\n'],
  [
    'a query of which it is one',
    'inner join latest on folded.order_id = latest.order_id',
    'inner join latest on folded.order_id = latest.order_id\nwhere latest.order_id in (select order_id from events where customer_email is null)',
  ],
  [
    'a query that there is',
    'inner join latest on folded.order_id = latest.order_id',
    'inner join latest on folded.order_id = latest.order_id\nwhere exists (select 1 from events as e where e.customer_email = latest.customer_email)',
  ],
  [
    'a query of which rows are left out',
    'inner join latest on folded.order_id = latest.order_id',
    'inner join latest on folded.order_id = latest.order_id\norder by latest.customer_email limit 10',
  ],
].map(([what = '', from = '', to = '']) => ({
  what,
  file: ORDERS,
  from,
  to,
  invariant: 'rows-as-declared',
  where: 'BROOK_COMMERCE.GOLD.ORDERS',
}));

/** What another domain has is told also where no column of it is taken. */
const OF_ANOTHER_DOMAIN: readonly Leak[] = [
  ['that there are rows', COUPON, `    case when exists (select 1 from ${CLAIMS}) then 'x' end as coupon,`],
  ['how many rows there are', COUPON, `    (select count(*) from ${CLAIMS}) as coupon,`],
  [
    'rows that are repeated',
    'inner join latest on folded.order_id = latest.order_id',
    `inner join latest on folded.order_id = latest.order_id\ncross join ${CLAIMS}`,
  ],
].map(([what = '', from = '', to = '']) => ({
  what,
  file: ORDERS,
  from,
  to,
  invariant: 'made-as-declared',
  where: 'BROOK_COMMERCE.GOLD.ORDERS',
}));

/** SQL of which nobody can tell what it does. */
const NOT_KNOWN: readonly Leak[] = [
  ['a function of somebody’s', '    lookup(latest.order_id) as coupon,'],
  ['a name that is computed', "    identifier('customer_email') as coupon,"],
  ['a variable', '    $coupon as coupon,'],
  ['a column that is nowhere', '    latest.copoun as coupon,'],
  [
    'keys that are not named',
    '    (select max(n) from (select count(*) as n from events group by all)) as coupon,',
  ],
  ['a table that nobody declared', '    (select max(x) from "BROOK_COMMERCE"."GOLD"."ELSEWHERE") as coupon,'],
].map(([what = '', to = '']) => ({
  what,
  file: ORDERS,
  from: COUPON,
  to,
  invariant: 'lineage-is-known',
  where: 'BROOK_COMMERCE.GOLD.ORDERS',
}));

export const LEAKS: readonly Leak[] = [
  ...INTO_A_COLUMN,
  ...BY_OTHER_WAYS,
  ...NOT_AS_DECLARED,
  ...IN_ROWS,
  ...OF_ANOTHER_DOMAIN,
  ...NOT_KNOWN,
];
