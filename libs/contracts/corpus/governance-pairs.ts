import { breaks, fits, type Pair } from './pair';

/** What protects people. */
export const GOVERNANCE_PAIRS: readonly Pair[] = [
  breaks('personal data becomes public', 'GOVERNANCE_CLASS_LOWERED', 'orders', (c) =>
    c.set([...c.at('orders.customer_email'), 'classification'], 'public'),
  ),
  breaks('personal data becomes internal', 'GOVERNANCE_CLASS_LOWERED', 'customers', (c) =>
    c.set([...c.at('customers.name'), 'classification'], 'internal'),
  ),
  breaks('a confidential column becomes internal', 'GOVERNANCE_CLASS_LOWERED', 'orders', (c) =>
    c.set([...c.at('orders.total_usd'), 'classification'], 'internal'),
  ),
  breaks('a nested property is less sensitive', 'GOVERNANCE_CLASS_LOWERED', 'orders_events_v1', (c) =>
    c.set([...c.at('orders_events_v1.customer.phone'), 'classification'], 'confidential'),
  ),
  breaks('an object is less sensitive', 'GOVERNANCE_CLASS_LOWERED', 'orders_events_v1', (c) =>
    c.set([...c.at('orders_events_v1.shipping_address'), 'classification'], 'internal'),
  ),
  breaks('a column is not classified any more', 'GOVERNANCE_CLASS_LOWERED', 'orders', (c) =>
    c.drop([...c.at('orders.shipping_city'), 'classification']),
  ),
  breaks('the kind is gone', 'GOVERNANCE_KIND_CHANGED', 'orders', (c) =>
    c.drop([...c.at('orders.customer_phone'), 'tags']),
  ),
  breaks('the kind is another one', 'GOVERNANCE_KIND_CHANGED', 'orders', (c) =>
    c.set([...c.at('orders.customer_name'), 'tags'], ['phi:free_text']),
  ),
  breaks('the mask is gone', 'GOVERNANCE_MASK_WEAKENED', 'orders', (c) =>
    c.dropCustom(c.at('orders.customer_email'), 'das.mask'),
  ),
  breaks('the mask of a table of history is gone', 'GOVERNANCE_MASK_WEAKENED', 'customers', (c) =>
    c.dropCustom(c.at('customers_scd.phone'), 'das.mask'),
  ),
  breaks('the mask shows something else', 'GOVERNANCE_MASK_WEAKENED', 'orders', (c) =>
    c.setCustom(c.at('orders.customer_name'), 'das.mask', 'last2'),
  ),
  breaks('what was hidden is masked', 'GOVERNANCE_MASK_WEAKENED', 'customers', (c) =>
    c.setCustom(c.at('customers.member_link_token'), 'das.mask', 'last2'),
  ),
  breaks('one more role sees it in clear', 'GOVERNANCE_CLEAR_WIDENED', 'orders', (c) =>
    c.add(c.custom(c.at('orders.customer_email'), 'das.clearFor'), 'ANALYST_COMMERCE'),
  ),
  breaks('what nobody saw is clear for somebody', 'GOVERNANCE_CLEAR_WIDENED', 'customers', (c) =>
    c.setCustom(c.at('customers.member_link_token'), 'das.clearFor', ['BREAK_GLASS']),
  ),
  breaks('one role is put in the place of another', 'GOVERNANCE_CLEAR_WIDENED', 'orders', (c) =>
    c.setCustom(c.at('orders.customer_phone'), 'das.clearFor', ['ANALYST_PHI', 'CARE_TEAM', 'DATA_API']),
  ),
  breaks('it lands in clear', 'GOVERNANCE_PROTECTION_WEAKENED', 'auth_events_v1', (c) =>
    c.setCustom(c.at('auth_events_v1.ip'), 'das.protect', 'clear'),
  ),
  breaks('it lands in another form', 'GOVERNANCE_LANDED_FORM_CHANGED', 'orders_events_v1', (c) =>
    c.setCustom(c.at('orders_events_v1.customer.name'), 'das.protect', 'tokenize'),
  ),
  breaks('nothing is said of what lands', 'GOVERNANCE_PROTECTION_WEAKENED', 'orders_events_v1', (c) =>
    c.dropCustom(c.at('orders_events_v1.customer.email'), 'das.protect'),
  ),
  breaks('a link is gone', 'GOVERNANCE_LINK_CHANGED', 'orders_events_v1', (c) =>
    c.dropCustom(c.at('orders_events_v1.customer.email'), 'das.link'),
  ),
  breaks('a link is new', 'GOVERNANCE_LINK_CHANGED', 'orders_events_v1', (c) =>
    c.setCustom(c.at('orders_events_v1.customer.phone'), 'das.link', 'member'),
  ),
  breaks('row access is gone', 'GOVERNANCE_ROW_ACCESS_WEAKENED', 'orders', (c) =>
    c.dropCustom(c.at('orders'), 'das.rowAccess'),
  ),
  breaks('row access is by another policy', 'GOVERNANCE_ROW_ACCESS_WEAKENED', 'sessions', (c) =>
    c.setCustom(c.at('sessions'), 'das.rowAccess', { policy: 'purpose', columns: { region: 'region' } }),
  ),
  breaks('row access is by another column', 'GOVERNANCE_ROW_ACCESS_WEAKENED', 'orders', (c) =>
    c.setCustom(c.at('orders'), 'das.rowAccess', {
      policy: 'region',
      columns: { region: 'shipping_country' },
    }),
  ),
  breaks('row access of a stream is gone', 'GOVERNANCE_ROW_ACCESS_WEAKENED', 'auth_events_v1', (c) =>
    c.dropCustom(c.at('auth_events_v1'), 'das.rowAccess'),
  ),
  breaks('an internal table is exposed', 'GOVERNANCE_TABLE_EXPOSED', 'customers', (c) =>
    c.set([...c.custom(c.at('customer_versions'), 'das.model'), 'internal'], false),
  ),
  breaks('a product of another domain reads it', 'GOVERNANCE_CROSSING_ADDED', 'orders', (c) =>
    c.setCustom([], 'das.consumers', [
      { role: 'TRANSFORMER', product: 'claims', purpose: 'order-analytics', contact: 'health@brook.example' },
    ]),
  ),
  breaks('a role is added', 'GOVERNANCE_ROLE_ADDED', 'orders', (c) =>
    c.add(['roles'], { role: 'ANALYST_HEALTH', access: 'read', description: 'Reads.' }),
  ),
  breaks('everybody reads', 'GOVERNANCE_ROLE_ADDED', 'orders', (c) =>
    c.add(['roles'], { role: 'PUBLIC', access: 'read', description: 'Everybody.' }),
  ),
  breaks('a reader writes', 'GOVERNANCE_ROLE_ADDED', 'orders', (c) =>
    c.set(['roles', c.indexIn(['roles'], 'role', 'ANALYST_COMMERCE'), 'access'], 'write'),
  ),
  breaks('a stream is read by analysts', 'GOVERNANCE_ROLE_ADDED', 'orders_events_v1', (c) =>
    c.add(['roles'], { role: 'ANALYST_COMMERCE', access: 'read', description: 'Reads.' }),
  ),
  breaks('a purpose is added', 'GOVERNANCE_PURPOSE_ADDED', 'customers', (c) =>
    c.add(c.custom([], 'das.purposes'), 'marketing'),
  ),
  breaks('a purpose of a stream is added', 'GOVERNANCE_PURPOSE_ADDED', 'auth_events_v1', (c) =>
    c.add(c.custom([], 'das.purposes'), 'advertising'),
  ),
  breaks('personal data is kept for longer', 'GOVERNANCE_RETENTION_LENGTHENED', 'orders', (c) =>
    c.set([...c.sla('retention'), 'value'], 3650),
  ),
  breaks('raw personal data is kept for longer', 'GOVERNANCE_RETENTION_LENGTHENED', 'orders_events_v1', (c) =>
    c.set([...c.sla('retention'), 'value'], 90),
  ),
  breaks('retention goes from five years to one', 'GOVERNANCE_RETENTION_SHORTENED', 'orders', (c) =>
    c.set([...c.sla('retention'), 'value'], 365),
  ),
  breaks('retention of what is not personal is shorter', 'GOVERNANCE_RETENTION_SHORTENED', 'sessions', (c) =>
    c.set([...c.sla('retention'), 'value'], 30),
  ),
  breaks('retention is in another unit, and longer', 'GOVERNANCE_RETENTION_LENGTHENED', 'customers', (c) => {
    c.set([...c.sla('retention'), 'value'], 10);
    c.set([...c.sla('retention'), 'unit'], 'y');
  }),
  breaks(
    'undeclared personal data is let in',
    'GOVERNANCE_UNDECLARED_PHI_LOOSENED',
    'orders_events_v1',
    (c) => c.set([...c.custom([], 'das.collector'), 'undeclaredPhi'], 'allow'),
  ),
  breaks('one more header lands', 'GOVERNANCE_HEADER_ADDED', 'orders_events_v1', (c) =>
    c.add([...c.custom([], 'das.collector'), 'headers'], 'authorization'),
  ),
  breaks('somebody else is the steward', 'GOVERNANCE_STEWARD_CHANGED', 'orders', (c) =>
    c.set(
      ['team', 'members', c.indexIn(['team', 'members'], 'role', 'steward'), 'username'],
      'someone@brook.example',
    ),
  ),
  breaks('there is no steward', 'GOVERNANCE_STEWARD_CHANGED', 'sessions', (c) =>
    c.drop(['team', 'members', c.indexIn(['team', 'members'], 'role', 'steward')]),
  ),

  fits('a column is more sensitive', 'GOVERNANCE_CLASS_RAISED', 'orders', (c) =>
    c.set([...c.at('orders.total_usd'), 'classification'], 'pii'),
  ),
  fits('a mask is tightened to nothing', 'GOVERNANCE_MASK_TIGHTENED', 'orders', (c) =>
    c.setCustom(c.at('orders.customer_email'), 'das.mask', 'nothing'),
  ),
  fits('a mask is new', 'GOVERNANCE_KIND_ADDED', 'orders', (c) => {
    c.set([...c.at('orders.coupon'), 'tags'], ['phi:free_text']);
    c.setCustom(c.at('orders.coupon'), 'das.mask', 'nothing');
    c.setCustom(c.at('orders.coupon'), 'das.clearFor', []);
  }),
  fits('a role sees it in clear no more', 'GOVERNANCE_CLEAR_NARROWED', 'orders', (c) =>
    c.setCustom(c.at('orders.customer_email'), 'das.clearFor', ['BREAK_GLASS']),
  ),
  fits('nobody sees it in clear any more', 'GOVERNANCE_CLEAR_NARROWED', 'customers', (c) =>
    c.setCustom(c.at('customers.name'), 'das.clearFor', []),
  ),
  fits('a role is gone', 'GOVERNANCE_ROLE_REMOVED', 'orders', (c) =>
    c.drop(['roles', c.indexIn(['roles'], 'role', 'ANALYST_PHI')]),
  ),
  fits('a purpose is gone', 'GOVERNANCE_PURPOSE_REMOVED', 'customers', (c) =>
    c.setCustom([], 'das.purposes', ['order-analytics']),
  ),
  breaks('a new table of personal data', 'GOVERNANCE_PERSONAL_DATA_ADDED', 'orders', (c) => {
    c.add(['schema'], {
      ...(c.get(c.at('orders')) as object),
      name: 'orders_again',
      physicalName: 'ORDERS_AGAIN',
    });
  }),
  fits(
    'undeclared personal data is quarantined',
    'GOVERNANCE_UNDECLARED_PHI_TIGHTENED',
    'orders_events_v1',
    (c) => c.set([...c.custom([], 'das.collector'), 'undeclaredPhi'], 'quarantine'),
  ),
  fits('a header no longer lands', 'GOVERNANCE_HEADER_REMOVED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'headers'], ['traceparent']),
  ),
  fits('what is not personal is kept for longer', 'GOVERNANCE_RETENTION_CHANGED', 'sessions', (c) =>
    c.set([...c.sla('retention'), 'value'], 3650),
  ),
  fits('a new personal column, masked', 'CONSUMER_COLUMN_ADDED', 'orders', (c) =>
    c.add(['schema', 0, 'properties'], {
      name: 'alias',
      physicalName: 'ALIAS',
      description: 'Another name.',
      logicalType: 'string',
      physicalType: 'VARCHAR',
      required: false,
      classification: 'pii',
      tags: ['phi:name'],
      customProperties: [
        { property: 'das.mask', value: 'initials' },
        { property: 'das.clearFor', value: ['BREAK_GLASS'] },
      ],
    }),
  ),
  fits('the owner is somebody else', 'CONSUMER_TEXT_CHANGED', 'orders', (c) =>
    c.set(
      ['team', 'members', c.indexIn(['team', 'members'], 'role', 'owner'), 'username'],
      'other@brook.example',
    ),
  ),
  fits('consumers are registered', 'CONSUMER_CONSUMERS_CHANGED', 'orders', (c) =>
    c.setCustom([], 'das.consumers', [
      { role: 'ANALYST_COMMERCE', purpose: 'order-analytics', contact: 'bi@brook.example' },
    ]),
  ),
];
