import { breaks, fits, NO_CHANGE, type Pair } from './pair';

/** What looks like a change and is none, and what looks like none and is one. */
export const NEAR_MISSES: readonly Pair[] = [
  fits('nothing', NO_CHANGE, 'orders', () => undefined),
  fits('a description', 'CONSUMER_TEXT_CHANGED', 'orders', (c) =>
    c.set([...c.at('orders.state'), 'description'], 'Where it stands.'),
  ),
  fits('the purpose, in other words', 'CONSUMER_TEXT_CHANGED', 'orders', (c) =>
    c.set(['description', 'purpose'], 'Orders, for analytics.'),
  ),
  fits('examples', 'CONSUMER_TEXT_CHANGED', 'orders', (c) =>
    c.set([...c.at('orders.order_id'), 'examples'], ['ord_2']),
  ),
  fits('a tag that is no kind', 'CONSUMER_TEXT_CHANGED', 'orders', (c) =>
    c.set(['tags'], ['gold', 'product', 'finance']),
  ),
  fits('a tag of a column', 'CONSUMER_TEXT_CHANGED', 'orders', (c) =>
    c.set([...c.at('orders.region'), 'tags'], ['dimension']),
  ),
  fits('tags in another order', 'CONSUMER_TEXT_CHANGED', 'orders', (c) =>
    c.set([...c.at('orders.customer_email'), 'tags'], ['contact', 'phi:email']),
  ),
  fits('an enum in another order', NO_CHANGE, 'sessions', (c) =>
    c.setCustom(c.at('sessions.region'), 'das.enum', ['LATAM', 'APAC', 'NA', 'EMEA']),
  ),
  fits('clearFor in another order', NO_CHANGE, 'orders', (c) =>
    c.setCustom(c.at('orders.customer_email'), 'das.clearFor', ['BREAK_GLASS', 'ANALYST_PHI']),
  ),
  fits('roles in another order', NO_CHANGE, 'orders', (c) =>
    c.set(['roles'], [...(c.get(['roles']) as unknown[])].reverse()),
  ),
  fits('columns in another order', NO_CHANGE, 'orders', (c) =>
    c.set(
      [...c.at('orders'), 'properties'],
      [...(c.get([...c.at('orders'), 'properties']) as unknown[])].reverse(),
    ),
  ),
  fits('tables in another order', NO_CHANGE, 'customers', (c) =>
    c.set(['schema'], [...(c.get(['schema']) as unknown[])].reverse()),
  ),
  fits('custom properties in another order', NO_CHANGE, 'orders', (c) => {
    const at = [...c.at('orders.customer_email'), 'customProperties'];
    c.set(at, [...(c.get(at) as unknown[])].reverse());
  }),
  fits('purposes in another order', NO_CHANGE, 'orders', (c) =>
    c.set(c.custom([], 'das.purposes'), [...(c.get(c.custom([], 'das.purposes')) as unknown[])].reverse()),
  ),
  fits('a type in small letters', NO_CHANGE, 'orders', (c) =>
    c.set([...c.at('orders.total_usd'), 'physicalType'], 'number(12, 2)'),
  ),
  fits('what is the default is said', NO_CHANGE, 'orders', (c) =>
    c.set([...c.at('orders.coupon'), 'required'], false),
  ),
  fits('a support channel', 'CONSUMER_TEXT_CHANGED', 'orders', (c) =>
    c.set(['support', 0, 'channel'], 'orders-data'),
  ),
  fits('a higher version alone', NO_CHANGE, 'orders', (c) => c.set(['version'], '2.9.9')),
  fits('the description of a level', 'CONSUMER_TEXT_CHANGED', 'orders', (c) =>
    c.set([...c.sla('freshness'), 'description'], 'To the row.'),
  ),
  fits('a business name', 'CONSUMER_TEXT_CHANGED', 'orders', (c) =>
    c.set([...c.at('orders.total_usd'), 'businessName'], 'Order value'),
  ),
  fits('a critical data element', 'CONSUMER_TEXT_CHANGED', 'orders', (c) =>
    c.set([...c.at('orders.coupon'), 'criticalDataElement'], true),
  ),
  fits('a custom property of somebody else', 'CONSUMER_TEXT_CHANGED', 'orders', (c) =>
    c.setCustom([], 'acme.owner', 'somebody'),
  ),

  breaks('a kind beside another one', 'GOVERNANCE_KIND_CHANGED', 'orders', (c) =>
    c.set([...c.at('orders.customer_email'), 'tags'], ['phi:email', 'phi:name']),
  ),
  breaks('an enum with one value in another spelling', 'CONSUMER_ENUM_CHANGED', 'sessions', (c) =>
    c.setCustom(c.at('sessions.region'), 'das.enum', ['Emea', 'NA', 'APAC', 'LATAM']),
  ),
  breaks('a column is swapped for one of another class', 'CONSUMER_COLUMN_REMOVED', 'orders', (c) => {
    c.set([...c.at('orders.coupon'), 'name'], 'voucher');
    c.set([...c.at('orders.voucher'), 'classification'], 'public');
  }),
  breaks('a lower level hidden behind a unit', 'SLO_WEAKENED', 'orders', (c) => {
    c.set([...c.sla('freshness'), 'value'], 10);
    c.set([...c.sla('freshness'), 'unit'], 'h');
  }),
  breaks('a tightened mask and one more role', 'GOVERNANCE_CLEAR_WIDENED', 'orders', (c) => {
    c.setCustom(c.at('orders.customer_email'), 'das.mask', 'nothing');
    c.add(c.custom(c.at('orders.customer_email'), 'das.clearFor'), 'DATA_API');
  }),
  breaks('a higher version, and a column less', 'CONSUMER_COLUMN_REMOVED', 'orders', (c) => {
    c.set(['version'], '3.0.0');
    c.drop(c.at('orders.coupon'));
  }),
  breaks('an unknown key of the contract', 'CONSUMER_OTHER_CHANGED', 'orders', (c) =>
    c.set(['retentionOverride'], 'P99D'),
  ),
];
