import { breaks, editedText, fits, NO_CHANGE, rewritten, type Pair } from './pair';

/** Files as a whole: come, gone, not readable, or written otherwise. */
export const FILE_PAIRS: readonly Pair[] = [
  rewritten(
    { id: 'a contract is removed', breaking: true, rule: 'CONSUMER_CONTRACT_REMOVED' },
    'sessions',
    (text) => ({ base: text, head: undefined }),
  ),
  rewritten(
    { id: 'a new contract', breaking: false, rule: 'CONSUMER_CONTRACT_ADDED' },
    'sessions',
    (text) => ({
      base: undefined,
      head: text,
    }),
  ),
  rewritten(
    { id: 'a new contract of personal data', breaking: true, rule: 'GOVERNANCE_PERSONAL_DATA_ADDED' },
    'orders',
    (text) => ({ base: undefined, head: text }),
  ),
  rewritten(
    { id: 'the newer state is no YAML', breaking: true, rule: 'CONSUMER_CONTRACT_UNREADABLE' },
    'orders',
    (text) => ({ base: text, head: `${text}\n  : [` }),
  ),
  rewritten(
    { id: 'the newer state is empty', breaking: true, rule: 'CONSUMER_CONTRACT_UNREADABLE' },
    'orders',
    (text) => ({ base: text, head: '' }),
  ),
  rewritten(
    { id: 'the older state is no YAML', breaking: true, rule: 'CONSUMER_CONTRACT_UNREADABLE' },
    'orders',
    (text) => ({ base: `${text}\n  : [`, head: text }),
  ),
  rewritten({ id: 'a comment', breaking: false, rule: NO_CHANGE }, 'orders', (text) => ({
    base: text,
    head: `# Orders.\n${text}`,
  })),
  rewritten({ id: 'a text in quotes', breaking: false, rule: NO_CHANGE }, 'orders', (text) => ({
    base: text,
    head: text.replace('status: active', "status: 'active'"),
  })),
  rewritten({ id: 'a list over several lines', breaking: false, rule: NO_CHANGE }, 'orders', (text) => ({
    base: text,
    head: text.replace(
      'value: [ANALYST_PHI, BREAK_GLASS]',
      'value:\n              [\n                ANALYST_PHI,\n                BREAK_GLASS,\n              ]',
    ),
  })),
  rewritten({ id: 'line ends of another system', breaking: false, rule: NO_CHANGE }, 'sessions', (text) => ({
    base: text,
    head: text.replaceAll('\n', '\r\n'),
  })),
  rewritten({ id: 'keys in another order', breaking: false, rule: NO_CHANGE }, 'orders', (text) => ({
    base: text,
    head: text.replace('version: 2.0.0\nstatus: active', 'status: active\nversion: 2.0.0'),
  })),
  fits('a role of a contract is described otherwise', 'CONSUMER_TEXT_CHANGED', 'orders', (c) =>
    c.set(['roles', c.indexIn(['roles'], 'role', 'DATA_API'), 'description'], 'Serves it.'),
  ),
  breaks('somebody else approves a role', 'CONSUMER_OTHER_CHANGED', 'orders', (c) =>
    c.set(['roles', c.indexIn(['roles'], 'role', 'DATA_API'), 'firstLevelApprovers'], 'anybody'),
  ),
  fits('a writer only reads', 'GOVERNANCE_ROLE_REMOVED', 'orders', (c) =>
    c.set(['roles', c.indexIn(['roles'], 'role', 'TRANSFORMER'), 'access'], 'read'),
  ),
  rewritten(
    { id: 'the end is nearer', breaking: true, rule: 'CONSUMER_SUNSET_NEARER' },
    'orders',
    (text) => ({ base: endingOn(text, '2027-06-30'), head: endingOn(text, '2026-12-31') }),
  ),
  rewritten(
    { id: 'the end is later', breaking: false, rule: 'CONSUMER_STATUS_CHANGED' },
    'orders',
    (text) => ({ base: endingOn(text, '2027-06-30'), head: endingOn(text, '2027-12-31') }),
  ),
  breaks('a level holds for a table that it did not, and less of another', 'SLO_WEAKENED', 'customers', (c) =>
    c.set([...c.sla('freshness'), 'element'], 'customers,customer_versions'),
  ),
  breaks('a second, slower level of the same name', 'SLO_WEAKENED', 'orders', (c) => {
    c.set([...c.sla('freshness'), 'value'], 60);
    c.add(['slaProperties'], { property: 'freshness', value: 10, unit: 'm', element: 'order_days' });
  }),
  rewritten(
    { id: 'one of two rules without a name is gone', breaking: true, rule: 'CONSUMER_QUALITY_WEAKENED' },
    'orders',
    (text) => {
      const base = editedText(text, (c) => {
        for (const index of [0, 1]) c.drop([...c.at('orders'), 'quality', index, 'name']);
      });
      return { base, head: editedText(base, (c) => c.drop([...c.at('orders'), 'quality', 0])) };
    },
  ),
  breaks('a column stays in name only', 'CONSUMER_COLUMN_RETYPED', 'orders', (c) => {
    c.set([...c.at('orders.total_usd'), 'logicalType'], 'object');
    c.drop([...c.at('orders.total_usd'), 'physicalType']);
  }),
  breaks('two columns change their names', 'CONSUMER_KEY_CHANGED', 'orders', (c) => {
    c.set([...c.at('orders.order_id'), 'name'], 'swap');
    c.set([...c.at('orders.customer_id'), 'name'], 'order_id');
    c.set([...c.at('orders.swap'), 'name'], 'customer_id');
  }),
  breaks('an unknown key of a column', 'CONSUMER_OTHER_CHANGED', 'orders', (c) =>
    c.set([...c.at('orders.customer_email'), 'encryptedName'], 'customer_email_enc'),
  ),
  breaks('an unknown key of the lateness', 'CONSUMER_OTHER_CHANGED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'lateness', 'never'], true),
  ),
  fits('small groups are not seen any more', 'GOVERNANCE_CONSTRAINT_ADDED', 'orders', (c) =>
    c.setCustom(c.at('orders'), 'das.aggregation', { policy: 'small_cells' }),
  ),
  rewritten(
    {
      id: 'a column that was only joined by is shown',
      breaking: true,
      rule: 'GOVERNANCE_CONSTRAINT_REMOVED',
    },
    'customers',
    (text) => ({
      base: editedText(text, (c) =>
        c.setCustom(c.at('customers.member_link_token'), 'das.projection', 'joins_only'),
      ),
      head: text,
    }),
  ),
  rewritten(
    { id: 'row access is new', breaking: false, rule: 'GOVERNANCE_ROW_ACCESS_ADDED' },
    'orders',
    (text) => ({ base: editedText(text, (c) => c.dropCustom(c.at('orders'), 'das.rowAccess')), head: text }),
  ),
  fits('it is made from one more input', 'CONSUMER_LINEAGE_CHANGED', 'orders', (c) =>
    c.add([...c.custom([], 'das.lineage'), 'inputs'], 'BROOK_COMMERCE.BRONZE.AUTH_EVENTS_V1'),
  ),
  fits('readers pay less', 'COST_PRICE_CHANGED', 'orders_events_v1', (c) =>
    c.set(['price', 'priceAmount'], 0.001),
  ),
];

function endingOn(text: string, day: string): string {
  return editedText(text, (c) => {
    c.set(['status'], 'deprecated');
    c.add(['slaProperties'], { property: 'endOfLife', value: day });
  });
}
