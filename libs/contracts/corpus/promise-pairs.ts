import { breaks, fits, NO_CHANGE, type Pair } from './pair';

/** Service levels, cost, and where a table is kept. */
export const PROMISE_PAIRS: readonly Pair[] = [
  breaks('freshness is slower', 'SLO_WEAKENED', 'orders', (c) => c.set([...c.sla('freshness'), 'value'], 60)),
  breaks('freshness is slower in another unit', 'SLO_WEAKENED', 'orders', (c) => {
    c.set([...c.sla('freshness'), 'value'], 1);
    c.set([...c.sla('freshness'), 'unit'], 'h');
  }),
  breaks('availability 99.9 to 90', 'SLO_WEAKENED', 'orders', (c) =>
    c.set([...c.sla('availability'), 'value'], 90),
  ),
  breaks('availability 99.9 to 99.5', 'SLO_WEAKENED', 'sessions', (c) =>
    c.set([...c.sla('availability'), 'value'], 99.5),
  ),
  breaks('completeness is lower', 'SLO_WEAKENED', 'customers', (c) =>
    c.set([...c.sla('completeness'), 'value'], 95),
  ),
  breaks('availability is promised no more', 'SLO_WEAKENED', 'orders', (c) => c.drop(c.sla('availability'))),
  breaks('freshness holds for one table only', 'SLO_WEAKENED', 'customers', (c) =>
    c.set([...c.sla('freshness'), 'element'], 'customers'),
  ),
  breaks('the percentile is lower', 'SLO_WEAKENED', 'orders', (c) =>
    c.set([...c.custom([], 'das.slo'), 'freshness', 'percentile'], 50),
  ),
  breaks('the window is longer', 'SLO_WEAKENED', 'orders', (c) =>
    c.set([...c.custom([], 'das.slo'), 'freshness', 'window'], 'P7D'),
  ),
  breaks('the window of completeness is longer', 'SLO_WEAKENED', 'sessions', (c) =>
    c.set([...c.custom([], 'das.slo'), 'completeness', 'window'], 'P30D'),
  ),
  breaks('freshness of a stream is slower', 'SLO_WEAKENED', 'orders_events_v1', (c) =>
    c.set([...c.sla('freshness'), 'value'], 30),
  ),
  breaks('the cap is raised', 'COST_CAP_RAISED', 'orders', (c) =>
    c.set([...c.custom([], 'das.cost'), 'monthlyCapUsd'], 9000),
  ),
  breaks('the cap is raised by a cent', 'COST_CAP_RAISED', 'sessions', (c) => {
    const at = [...c.custom([], 'das.cost'), 'monthlyCapUsd'];
    c.set(at, Number(c.get(at)) + 0.01);
  }),
  breaks('the cap is gone', 'COST_CAP_RAISED', 'orders', (c) =>
    c.drop([...c.custom([], 'das.cost'), 'monthlyCapUsd']),
  ),
  breaks('somebody else pays', 'COST_CENTRE_CHANGED', 'orders', (c) =>
    c.set([...c.custom([], 'das.cost'), 'costCentre'], 'marketing'),
  ),
  breaks('readers pay more', 'COST_PRICE_RAISED', 'orders', (c) => c.set(['price', 'priceAmount'], 1)),
  breaks('readers pay in another currency', 'COST_PRICE_RAISED', 'orders', (c) =>
    c.set(['price', 'priceCurrency'], 'EUR'),
  ),
  breaks('the table has another name', 'STORAGE_TABLE_MOVED', 'orders', (c) =>
    c.set([...c.at('orders'), 'physicalName'], 'PURCHASES'),
  ),
  breaks('the table is in another database', 'STORAGE_TABLE_MOVED', 'orders', (c) =>
    c.set(['servers', 0, 'database'], 'BROOK_SALES'),
  ),
  breaks('the table is in another schema', 'STORAGE_TABLE_MOVED', 'orders', (c) =>
    c.set(['servers', 0, 'schema'], 'SERVING'),
  ),
  breaks('a dynamic table becomes a task', 'STORAGE_MATERIALIZATION_CHANGED', 'orders', (c) =>
    c.set([...c.custom(c.at('orders'), 'das.model'), 'materialized'], 'task'),
  ),
  breaks('rows freeze sooner', 'STORAGE_FREEZE_CHANGED', 'orders', (c) =>
    c.set([...c.custom(c.at('orders'), 'das.model'), 'frozen', 'after'], 'P30D'),
  ),
  breaks('rows freeze by another column', 'STORAGE_FREEZE_CHANGED', 'orders', (c) =>
    c.set([...c.custom(c.at('orders'), 'das.model'), 'frozen', 'column'], 'created_at'),
  ),
  breaks('rows do not freeze any more', 'STORAGE_FREEZE_CHANGED', 'orders', (c) =>
    c.drop([...c.custom(c.at('orders'), 'das.model'), 'frozen']),
  ),
  breaks('the topic has more partitions', 'STORAGE_PARTITIONS_CHANGED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'source', 'partitions'], 12),
  ),

  fits('freshness is faster', 'SLO_STRENGTHENED', 'orders', (c) =>
    c.set([...c.sla('freshness'), 'value'], 5),
  ),
  fits('freshness is the same in seconds', NO_CHANGE, 'orders', (c) => {
    c.set([...c.sla('freshness'), 'value'], 600);
    c.set([...c.sla('freshness'), 'unit'], 's');
  }),
  fits('availability is higher', 'SLO_STRENGTHENED', 'orders', (c) =>
    c.set([...c.sla('availability'), 'value'], 99.95),
  ),
  fits('completeness is higher', 'SLO_STRENGTHENED', 'customers', (c) =>
    c.set([...c.sla('completeness'), 'value'], 99.99),
  ),
  fits('one more promise', 'SLO_STRENGTHENED', 'orders', (c) =>
    c.add(['slaProperties'], { property: 'latency', value: 5, unit: 's', element: 'orders' }),
  ),
  fits('freshness holds for one table more', 'SLO_STRENGTHENED', 'customers', (c) =>
    c.set([...c.sla('freshness'), 'element'], 'customers,customers_scd,customer_versions'),
  ),
  fits('the percentile is higher', 'SLO_STRENGTHENED', 'orders', (c) =>
    c.set([...c.custom([], 'das.slo'), 'freshness', 'percentile'], 99),
  ),
  fits('the window is shorter', 'SLO_STRENGTHENED', 'orders', (c) =>
    c.set([...c.custom([], 'das.slo'), 'freshness', 'window'], 'PT6H'),
  ),
  fits('the window is the same in hours', NO_CHANGE, 'orders', (c) =>
    c.set([...c.custom([], 'das.slo'), 'freshness', 'window'], 'PT24H'),
  ),
  fits('retention is the same in years', NO_CHANGE, 'orders', (c) => {
    c.set([...c.sla('retention'), 'value'], 5);
    c.set([...c.sla('retention'), 'unit'], 'y');
  }),
  fits('the cap is lowered', 'COST_CAP_LOWERED', 'orders', (c) =>
    c.set([...c.custom([], 'das.cost'), 'monthlyCapUsd'], 100),
  ),
  fits('the refresh mode is another one', 'STORAGE_REFRESH_CHANGED', 'orders', (c) =>
    c.set([...c.custom(c.at('orders'), 'das.model'), 'refreshMode'], 'incremental'),
  ),
  fits('the refresh mode is said', NO_CHANGE, 'customers', (c) =>
    c.set([...c.custom(c.at('customers_scd'), 'das.model'), 'refreshMode'], 'auto'),
  ),
  fits('the mark of lateness moves', 'CONSUMER_LATENESS_CHANGED', 'orders_events_v1', (c) =>
    c.set([...c.custom([], 'das.collector'), 'lateness', 'watermark'], 'PT1H'),
  ),
];
