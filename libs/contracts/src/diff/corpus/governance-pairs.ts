import { breaks, fits, type Pair } from './pair';

/** What protects people. */
export const GOVERNANCE_PAIRS: readonly Pair[] = [
  breaks('personal data becomes public', 'orders', (c) =>
    c.set([...c.at('orders.customer_email'), 'classification'], 'public'),
  ),
  breaks('personal data becomes internal', 'customers', (c) =>
    c.set([...c.at('customers.name'), 'classification'], 'internal'),
  ),
  breaks('a confidential column becomes internal', 'orders', (c) =>
    c.set([...c.at('orders.total_usd'), 'classification'], 'internal'),
  ),
  breaks('a nested property is less sensitive', 'orders_events_v1', (c) =>
    c.set([...c.at('orders_events_v1.customer.phone'), 'classification'], 'confidential'),
  ),
  breaks('an object is less sensitive', 'orders_events_v1', (c) =>
    c.set([...c.at('orders_events_v1.shipping_address'), 'classification'], 'internal'),
  ),
  breaks('a column is not classified any more', 'orders', (c) =>
    c.drop([...c.at('orders.shipping_city'), 'classification']),
  ),
  breaks('the kind is gone', 'orders', (c) => c.drop([...c.at('orders.customer_phone'), 'tags'])),
  breaks('the kind is another one', 'orders', (c) =>
    c.set([...c.at('orders.customer_name'), 'tags'], ['phi:free_text']),
  ),
  breaks('the mask is gone', 'orders', (c) => c.dropCustom(c.at('orders.customer_email'), 'das.mask')),
  breaks('the mask of a table of history is gone', 'customers', (c) =>
    c.dropCustom(c.at('customers_scd.phone'), 'das.mask'),
  ),
  breaks('the mask shows something else', 'orders', (c) =>
    c.setCustom(c.at('orders.customer_name'), 'das.mask', 'last2'),
  ),
  breaks('what was hidden is masked', 'customers', (c) =>
    c.setCustom(c.at('customers.member_link_token'), 'das.mask', 'last2'),
  ),
  breaks('one more role sees it in clear', 'orders', (c) =>
    c.add(c.custom(c.at('orders.customer_email'), 'das.clearFor'), 'ANALYST_COMMERCE'),
  ),
  breaks('what nobody saw is clear for somebody', 'customers', (c) =>
    c.setCustom(c.at('customers.member_link_token'), 'das.clearFor', ['BREAK_GLASS']),
  ),
  breaks('one role is put in the place of another', 'orders', (c) =>
    c.setCustom(c.at('orders.customer_phone'), 'das.clearFor', ['ANALYST_PHI', 'CARE_TEAM', 'DATA_API']),
  ),
  breaks('it lands in clear', 'auth_events_v1', (c) =>
    c.setCustom(c.at('auth_events_v1.ip'), 'das.protect', 'clear'),
  ),
  breaks('it lands in another form', 'orders_events_v1', (c) =>
    c.setCustom(c.at('orders_events_v1.customer.name'), 'das.protect', 'tokenize'),
  ),
  breaks('nothing is said of what lands', 'orders_events_v1', (c) =>
    c.dropCustom(c.at('orders_events_v1.customer.email'), 'das.protect'),
  ),
  breaks('a link is gone', 'orders_events_v1', (c) =>
    c.dropCustom(c.at('orders_events_v1.customer.email'), 'das.link'),
  ),
  breaks('a link is new', 'orders_events_v1', (c) =>
    c.setCustom(c.at('orders_events_v1.customer.phone'), 'das.link', 'member'),
  ),
  breaks('row access is gone', 'orders', (c) => c.dropCustom(c.at('orders'), 'das.rowAccess')),
  breaks('row access is by another policy', 'sessions', (c) =>
    c.setCustom(c.at('sessions'), 'das.rowAccess', { policy: 'purpose', column: 'region' }),
  ),
  breaks('row access is by another column', 'orders', (c) =>
    c.setCustom(c.at('orders'), 'das.rowAccess', { policy: 'region', column: 'shipping_country' }),
  ),
  breaks('row access of a stream is gone', 'auth_events_v1', (c) =>
    c.dropCustom(c.at('auth_events_v1'), 'das.rowAccess'),
  ),
  breaks('an internal table is exposed', 'customers', (c) =>
    c.set([...c.custom(c.at('customer_versions'), 'das.model'), 'internal'], false),
  ),
  breaks('a role is added', 'orders', (c) =>
    c.add(['roles'], { role: 'ANALYST_HEALTH', access: 'read', description: 'Reads.' }),
  ),
  breaks('everybody reads', 'orders', (c) =>
    c.add(['roles'], { role: 'PUBLIC', access: 'read', description: 'Everybody.' }),
  ),
  breaks('a reader writes', 'orders', (c) =>
    c.set(['roles', c.indexIn(['roles'], 'role', 'ANALYST_COMMERCE'), 'access'], 'write'),
  ),
  breaks('a stream is read by analysts', 'orders_events_v1', (c) =>
    c.add(['roles'], { role: 'ANALYST_COMMERCE', access: 'read', description: 'Reads.' }),
  ),
  breaks('a purpose is added', 'customers', (c) => c.add(c.custom([], 'das.purposes'), 'marketing')),
  breaks('a purpose of a stream is added', 'auth_events_v1', (c) =>
    c.add(c.custom([], 'das.purposes'), 'advertising'),
  ),
  breaks('personal data is kept for longer', 'orders', (c) => c.set([...c.sla('retention'), 'value'], 3650)),
  breaks('raw personal data is kept for longer', 'orders_events_v1', (c) =>
    c.set([...c.sla('retention'), 'value'], 90),
  ),
  breaks('retention goes from five years to one', 'orders', (c) =>
    c.set([...c.sla('retention'), 'value'], 365),
  ),
  breaks('retention of what is not personal is shorter', 'sessions', (c) =>
    c.set([...c.sla('retention'), 'value'], 30),
  ),
  breaks('retention is in another unit, and longer', 'customers', (c) => {
    c.set([...c.sla('retention'), 'value'], 10);
    c.set([...c.sla('retention'), 'unit'], 'y');
  }),
  breaks('undeclared personal data is let in', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'undeclaredPhi'], 'allow'),
  ),
  breaks('one more header lands', 'orders_events_v1', (c) =>
    c.add([...c.custom([], 'das.collector'), 'headers'], 'authorization'),
  ),
  breaks('somebody else is the steward', 'orders', (c) =>
    c.set(
      ['team', 'members', c.indexIn(['team', 'members'], 'role', 'steward'), 'username'],
      'someone@brook.example',
    ),
  ),
  breaks('there is no steward', 'sessions', (c) =>
    c.drop(['team', 'members', c.indexIn(['team', 'members'], 'role', 'steward')]),
  ),

  fits('a column is more sensitive', 'orders', (c) =>
    c.set([...c.at('orders.total_usd'), 'classification'], 'pii'),
  ),
  fits('a mask is tightened to nothing', 'orders', (c) =>
    c.setCustom(c.at('orders.customer_email'), 'das.mask', 'nothing'),
  ),
  fits('a mask is new', 'orders', (c) => {
    c.set([...c.at('orders.coupon'), 'tags'], ['phi:free_text']);
    c.setCustom(c.at('orders.coupon'), 'das.mask', 'nothing');
    c.setCustom(c.at('orders.coupon'), 'das.clearFor', []);
  }),
  fits('a role sees it in clear no more', 'orders', (c) =>
    c.setCustom(c.at('orders.customer_email'), 'das.clearFor', ['BREAK_GLASS']),
  ),
  fits('nobody sees it in clear any more', 'customers', (c) =>
    c.setCustom(c.at('customers.name'), 'das.clearFor', []),
  ),
  fits('a role is gone', 'orders', (c) => c.drop(['roles', c.indexIn(['roles'], 'role', 'ANALYST_PHI')])),
  fits('a purpose is gone', 'customers', (c) => c.setCustom([], 'das.purposes', ['order-analytics'])),
  fits('row access is new', 'orders', (c) => {
    c.add(['schema'], {
      ...(c.get(c.at('orders')) as object),
      name: 'orders_again',
      physicalName: 'ORDERS_AGAIN',
    });
  }),
  fits('undeclared personal data is quarantined', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'undeclaredPhi'], 'quarantine'),
  ),
  fits('a header no longer lands', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'headers'], ['traceparent']),
  ),
  fits('what is not personal is kept for longer', 'sessions', (c) =>
    c.set([...c.sla('retention'), 'value'], 3650),
  ),
  fits('a new personal column, masked', 'orders', (c) =>
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
  fits('the owner is somebody else', 'orders', (c) =>
    c.set(
      ['team', 'members', c.indexIn(['team', 'members'], 'role', 'owner'), 'username'],
      'other@brook.example',
    ),
  ),
  fits('consumers are registered', 'orders', (c) =>
    c.setCustom([], 'das.consumers', [
      { role: 'ANALYST_COMMERCE', purpose: 'order-analytics', contact: 'bi@brook.example' },
    ]),
  ),
];
