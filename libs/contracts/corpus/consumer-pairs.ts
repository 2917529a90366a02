import { breaks, fits, type Pair } from './pair';

/** What readers and producers rely on. */
export const CONSUMER_PAIRS: readonly Pair[] = [
  breaks('a column is removed', 'CONSUMER_COLUMN_REMOVED', 'orders', (c) => c.drop(c.at('orders.coupon'))),
  breaks('a required column is removed', 'CONSUMER_COLUMN_REMOVED', 'orders', (c) =>
    c.drop(c.at('orders.total_usd')),
  ),
  breaks('a property of an event is removed', 'CONSUMER_COLUMN_REMOVED', 'orders_events_v1', (c) =>
    c.drop(c.at('orders_events_v1.coupon')),
  ),
  breaks('a nested property is removed', 'CONSUMER_COLUMN_REMOVED', 'orders_events_v1', (c) =>
    c.drop(c.at('orders_events_v1.customer.phone')),
  ),
  breaks('a property of an item is removed', 'CONSUMER_COLUMN_REMOVED', 'orders_events_v1', (c) =>
    c.drop(c.at('orders_events_v1.items.[].sku')),
  ),
  breaks('a column is renamed', 'CONSUMER_COLUMN_RENAMED', 'orders', (c) => {
    c.set([...c.at('orders.total_usd'), 'physicalName'], 'AMOUNT_USD');
    c.set([...c.at('orders.total_usd'), 'name'], 'amount_usd');
  }),
  breaks('a property is renamed', 'CONSUMER_COLUMN_RENAMED', 'auth_events_v1', (c) =>
    c.set([...c.at('auth_events_v1.device'), 'name'], 'device_kind'),
  ),
  breaks('only the physical name changes', 'CONSUMER_COLUMN_RENAMED', 'orders', (c) =>
    c.set([...c.at('orders.state'), 'physicalName'], 'ORDER_STATE'),
  ),
  breaks('a text becomes a number', 'CONSUMER_COLUMN_RETYPED', 'orders', (c) => {
    c.set([...c.at('orders.order_id'), 'logicalType'], 'integer');
    c.set([...c.at('orders.order_id'), 'physicalType'], 'NUMBER(38,0)');
  }),
  breaks('a number becomes a text', 'CONSUMER_COLUMN_RETYPED', 'orders', (c) => {
    c.set([...c.at('orders.line_count'), 'logicalType'], 'string');
    c.set([...c.at('orders.line_count'), 'physicalType'], 'VARCHAR');
  }),
  breaks('a time loses its zone', 'CONSUMER_COLUMN_RETYPED', 'orders', (c) =>
    c.set([...c.at('orders.created_at'), 'physicalType'], 'TIMESTAMP_NTZ'),
  ),
  breaks('a number has fewer digits', 'CONSUMER_COLUMN_RETYPED', 'orders', (c) =>
    c.set([...c.at('orders.total_usd'), 'physicalType'], 'NUMBER(8,2)'),
  ),
  breaks('a number has another scale', 'CONSUMER_COLUMN_RETYPED', 'orders', (c) =>
    c.set([...c.at('orders.total_usd'), 'physicalType'], 'NUMBER(14,4)'),
  ),
  breaks('a date becomes a time', 'CONSUMER_COLUMN_RETYPED', 'sessions', (c) => {
    c.set([...c.at('sessions.session_date'), 'logicalType'], 'timestamp');
    c.set([...c.at('sessions.session_date'), 'physicalType'], 'TIMESTAMP_TZ');
  }),
  breaks('a required column is optional', 'CONSUMER_COLUMN_OPTIONAL', 'orders', (c) =>
    c.set([...c.at('orders.customer_id'), 'required'], false),
  ),
  breaks('a required property is optional', 'CONSUMER_COLUMN_OPTIONAL', 'orders_events_v1', (c) =>
    c.set([...c.at('orders_events_v1.region'), 'required'], false),
  ),
  breaks('a required property may be null', 'CONSUMER_COLUMN_OPTIONAL', 'orders_events_v1', (c) =>
    c.setCustom(c.at('orders_events_v1.currency'), 'das.nullable', true),
  ),
  breaks('an optional property is required', 'CONSUMER_PROPERTY_REQUIRED', 'orders_events_v1', (c) =>
    c.set([...c.at('orders_events_v1.customer.phone'), 'required'], true),
  ),
  breaks('a new required property', 'CONSUMER_REQUIRED_PROPERTY_ADDED', 'orders_events_v1', (c) =>
    c.add(['schema', 0, 'properties'], {
      name: 'channel',
      description: 'Where.',
      logicalType: 'string',
      required: true,
      classification: 'internal',
    }),
  ),
  breaks('an enum is narrowed', 'CONSUMER_ENUM_CHANGED', 'orders', (c) =>
    c.setCustom(c.at('orders.state'), 'das.enum', ['created', 'paid']),
  ),
  breaks('an enum is widened', 'CONSUMER_ENUM_CHANGED', 'sessions', (c) =>
    c.add(c.custom(c.at('sessions.device'), 'das.enum'), 'watch'),
  ),
  breaks('an enum is gone', 'CONSUMER_ENUM_CHANGED', 'sessions', (c) =>
    c.dropCustom(c.at('sessions.region'), 'das.enum'),
  ),
  breaks('an enum of a stream is widened', 'CONSUMER_ENUM_CHANGED', 'orders_events_v1', (c) =>
    c.add(c.custom(c.at('orders_events_v1.event_type'), 'das.enum'), 'order.lost'),
  ),
  breaks('the format of a text changes', 'CONSUMER_MEANING_CHANGED', 'orders_events_v1', (c) =>
    c.set([...c.at('orders_events_v1.event_id'), 'logicalTypeOptions', 'format'], 'uri'),
  ),
  breaks('the format of a text is gone', 'CONSUMER_MEANING_CHANGED', 'orders_events_v1', (c) =>
    c.drop([...c.at('orders_events_v1.customer.email'), 'logicalTypeOptions', 'format']),
  ),
  breaks('the pattern of a text changes', 'CONSUMER_MEANING_CHANGED', 'orders_events_v1', (c) =>
    c.set([...c.at('orders_events_v1.currency'), 'logicalTypeOptions', 'pattern'], '^[a-z]{3}$'),
  ),
  breaks('a text may be shorter than producers send', 'CONSUMER_VALUES_NARROWED', 'orders_events_v1', (c) =>
    c.set([...c.at('orders_events_v1.order_id'), 'logicalTypeOptions', 'maxLength'], 10),
  ),
  breaks('a text may be longer than readers know', 'CONSUMER_VALUES_WIDENED', 'orders_events_v1', (c) =>
    c.set([...c.at('orders_events_v1.order_id'), 'logicalTypeOptions', 'maxLength'], 400),
  ),
  breaks('a minimum is raised', 'CONSUMER_VALUES_NARROWED', 'orders_events_v1', (c) =>
    c.set([...c.at('orders_events_v1.total_usd'), 'logicalTypeOptions', 'minimum'], 10),
  ),
  breaks('a minimum is gone', 'CONSUMER_VALUES_WIDENED', 'orders_events_v1', (c) =>
    c.drop([...c.at('orders_events_v1.total_usd'), 'logicalTypeOptions', 'minimum']),
  ),
  breaks('an array may hold fewer items', 'CONSUMER_VALUES_NARROWED', 'orders_events_v1', (c) =>
    c.set([...c.at('orders_events_v1.items'), 'logicalTypeOptions', 'maxItems'], 10),
  ),
  breaks('the key has one column less', 'CONSUMER_KEY_CHANGED', 'order_lines', (c) =>
    c.set([...c.at('order_lines.line_number'), 'primaryKey'], false),
  ),
  breaks('the key is another column', 'CONSUMER_KEY_CHANGED', 'orders', (c) => {
    c.set([...c.at('orders.order_id'), 'primaryKey'], false);
    c.set([...c.at('orders.customer_id'), 'primaryKey'], true);
  }),
  breaks('the columns of the key change places', 'CONSUMER_KEY_CHANGED', 'order_lines', (c) => {
    c.set([...c.at('order_lines.order_id'), 'primaryKeyPosition'], 2);
    c.set([...c.at('order_lines.line_number'), 'primaryKeyPosition'], 1);
  }),
  breaks('a column is no longer unique', 'CONSUMER_KEY_CHANGED', 'customers', (c) =>
    c.set([...c.at('customers.customer_id'), 'unique'], false),
  ),
  breaks('a reference is gone', 'CONSUMER_REFERENCE_REMOVED', 'order_lines', (c) =>
    c.drop([...c.at('order_lines.order_id'), 'relationships']),
  ),
  breaks('a rule of quality is gone', 'CONSUMER_QUALITY_WEAKENED', 'customers', (c) =>
    c.drop([...c.at('customers_scd'), 'quality', 0]),
  ),
  breaks('a rule of quality asks for less', 'CONSUMER_QUALITY_WEAKENED', 'customers', (c) =>
    c.set([...c.at('customers_scd'), 'quality', 0, 'mustBe'], 5),
  ),
  breaks('a rule of quality asks for something else', 'CONSUMER_QUALITY_WEAKENED', 'customers', (c) =>
    c.set([...c.at('customers_scd'), 'quality', 0, 'query'], 'select 0'),
  ),
  breaks('a table is gone', 'CONSUMER_TABLE_REMOVED', 'customers', (c) => c.drop(c.at('customers'))),
  breaks('a table becomes internal', 'CONSUMER_TABLE_WITHDRAWN', 'customers', (c) =>
    c.set([...c.custom(c.at('customers_scd'), 'das.model'), 'internal'], true),
  ),
  breaks('the topic is another one', 'CONSUMER_STREAM_CHANGED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'source', 'topic'], 'orders.v2'),
  ),
  breaks('the key of the stream is another one', 'CONSUMER_STREAM_CHANGED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'source', 'key'], 'event_id'),
  ),
  breaks('the format of the stream is another one', 'CONSUMER_STREAM_CHANGED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'source', 'format'], 'avro'),
  ),
  breaks('the envelope takes the time from elsewhere', 'CONSUMER_STREAM_CHANGED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'envelope', 'eventTs'], 'sent_at'),
  ),
  breaks('events are the same by another key', 'CONSUMER_DEDUPLICATION_CHANGED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'dedupeKeys'], ['order_id']),
  ),
  breaks('unknown fields are refused', 'CONSUMER_UNKNOWN_FIELDS_CHANGED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'unknownFields'], 'freeze'),
  ),
  breaks('unknown fields are dropped', 'CONSUMER_UNKNOWN_FIELDS_CHANGED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'unknownFields'], 'discard'),
  ),
  breaks('less lateness is allowed', 'CONSUMER_LATENESS_SHORTENED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'lateness', 'allowed'], 'PT3H'),
  ),
  breaks('a gap is passed over', 'CONSUMER_LOSS_ALLOWED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'onGap'], 'continue'),
  ),
  breaks('a log that was made anew is taken', 'CONSUMER_LOSS_ALLOWED', 'auth_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'onOffsetRegression'], 'restart'),
  ),
  breaks('a fuse holds longer', 'CONSUMER_LOSS_ALLOWED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'deadLetters', 'fuseRatio'], 0.9),
  ),
  breaks('the contract is retired', 'CONSUMER_STATUS_WITHDRAWN', 'orders', (c) =>
    c.set(['status'], 'retired'),
  ),
  breaks('the contract is a draft again', 'CONSUMER_STATUS_WITHDRAWN', 'orders', (c) =>
    c.set(['status'], 'draft'),
  ),
  breaks('the id is another one', 'CONSUMER_IDENTITY_CHANGED', 'orders', (c) =>
    c.set(['id'], 'brook-commerce-purchases'),
  ),
  breaks('the product is another one', 'CONSUMER_IDENTITY_CHANGED', 'orders_events_v1', (c) =>
    c.set(['dataProduct'], 'shipping'),
  ),
  breaks('the version is lower', 'CONSUMER_VERSION_LOWERED', 'orders', (c) => c.set(['version'], '0.9.0')),
  breaks('a custom property of ours that nobody knows', 'CONSUMER_OTHER_CHANGED', 'orders', (c) =>
    c.setCustom(c.at('orders.state'), 'das.secret', true),
  ),

  fits('a new optional column', 'CONSUMER_COLUMN_ADDED', 'orders', (c) =>
    c.add(['schema', 0, 'properties'], {
      name: 'gift',
      physicalName: 'GIFT',
      description: 'Whether it is a gift.',
      logicalType: 'boolean',
      physicalType: 'BOOLEAN',
      required: false,
      classification: 'internal',
    }),
  ),
  fits('a new required column of a product', 'CONSUMER_COLUMN_ADDED', 'orders', (c) =>
    c.add(['schema', 0, 'properties'], {
      name: 'gift',
      physicalName: 'GIFT',
      description: 'Whether it is a gift.',
      logicalType: 'boolean',
      physicalType: 'BOOLEAN',
      required: true,
      classification: 'internal',
    }),
  ),
  fits('a new optional property', 'CONSUMER_COLUMN_ADDED', 'orders_events_v1', (c) =>
    c.add(['schema', 0, 'properties'], {
      name: 'note',
      description: 'A note.',
      logicalType: 'string',
      required: false,
      classification: 'internal',
    }),
  ),
  fits('a new optional property within an object', 'CONSUMER_COLUMN_ADDED', 'orders_events_v1', (c) =>
    c.add([...c.at('orders_events_v1.customer'), 'properties'], {
      name: 'tier',
      description: 'Of loyalty.',
      logicalType: 'string',
      required: false,
      classification: 'internal',
    }),
  ),
  fits('a new table', 'CONSUMER_TABLE_ADDED', 'orders', (c) =>
    c.add(['schema'], {
      name: 'order_days',
      physicalName: 'ORDER_DAYS',
      description: 'By day.',
      properties: [],
    }),
  ),
  fits('an optional column is promised', 'CONSUMER_COLUMN_REQUIRED', 'orders', (c) =>
    c.set([...c.at('orders.paid_at'), 'required'], true),
  ),
  fits('a number holds more digits', 'CONSUMER_COLUMN_WIDENED', 'orders', (c) =>
    c.set([...c.at('orders.total_usd'), 'physicalType'], 'NUMBER(14,2)'),
  ),
  fits('a product promises a smaller range', 'CONSUMER_VALUES_PROMISED', 'orders', (c) =>
    c.set([...c.at('orders.line_count'), 'logicalTypeOptions'], { minimum: 1, maximum: 1000 }),
  ),
  fits('a new rule of quality', 'CONSUMER_QUALITY_ADDED', 'orders', (c) =>
    c.add([...c.at('orders'), 'quality'], {
      name: 'totals_add_up',
      description: 'They do.',
      type: 'sql',
      query: 'select 0',
      mustBe: 0,
    }),
  ),
  fits('a rule of quality is described better', 'CONSUMER_TEXT_CHANGED', 'customers', (c) =>
    c.set([...c.at('customers_scd'), 'quality', 0, 'description'], 'Exactly one version is current.'),
  ),
  fits('a new reference', 'CONSUMER_REFERENCE_ADDED', 'orders', (c) =>
    c.set([...c.at('orders.customer_id'), 'relationships'], [{ to: 'customers.customer_id' }]),
  ),
  fits('more lateness is allowed', 'CONSUMER_LATENESS_CHANGED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'lateness', 'allowed'], 'PT48H'),
  ),
  fits('a fuse blows sooner', 'CONSUMER_LOSS_REFUSED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'deadLetters', 'fuseRunLength'], 100),
  ),
  fits('a first start begins at the end', 'CONSUMER_START_CHANGED', 'auth_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'startFrom'], 'latest'),
  ),
  fits('the end is announced', 'CONSUMER_STATUS_CHANGED', 'orders', (c) => {
    c.set(['status'], 'deprecated');
    c.add(['slaProperties'], { property: 'endOfLife', value: '2027-06-30' });
  }),
];
