import type { Edited } from './edited';
import { breaks, fits, type Pair } from './pair';

const SHARES = 'das.shares';
/** The place of a share of orders, by its name. */
function at(contract: Edited, name: string): (string | number)[] {
  const path = contract.custom([], SHARES);
  return [...path, contract.indexIn(path, 'name', name)];
}

const MORE = {
  name: 'southwind_orders',
  table: 'orders',
  account: 'AB11111',
  regions: ['NA'],
  columns: ['order_id', 'region'],
  purpose: 'order-analytics',
  contact: 'data@southwind.example',
  expires: '2027-01-31',
  approved: {
    steward: 'commerce-steward@brook.example',
    security: 'security@brook.example',
    on: '2026-11-27',
  },
};

/** What leaves the account. */
export const SHARE_PAIRS: readonly Pair[] = [
  breaks('one more account outside', 'GOVERNANCE_SHARE_ADDED', 'orders', (c) =>
    c.add(c.custom([], SHARES), MORE),
  ),
  breaks('the first account outside', 'GOVERNANCE_SHARE_ADDED', 'sessions', (c) =>
    c.setCustom([], SHARES, [{ ...MORE, table: 'sessions' }]),
  ),
  breaks('a share shows one more column', 'GOVERNANCE_SHARE_WIDENED', 'orders', (c) =>
    c.add([...at(c, 'tailwind_orders'), 'columns'], 'total_usd'),
  ),
  breaks('a share shows one column in the place of another', 'GOVERNANCE_SHARE_WIDENED', 'orders', (c) =>
    c.set([...at(c, 'tailwind_orders'), 'columns', 0], 'customer_email'),
  ),
  breaks('a share shows one more region', 'GOVERNANCE_SHARE_WIDENED', 'orders', (c) =>
    c.add([...at(c, 'northwind_orders'), 'regions'], 'NA'),
  ),
  breaks('a share shows every region', 'GOVERNANCE_SHARE_WIDENED', 'orders', (c) =>
    c.set([...at(c, 'northwind_orders'), 'regions'], ['*']),
  ),
  breaks('a share is for longer', 'GOVERNANCE_SHARE_WIDENED', 'orders', (c) =>
    c.set([...at(c, 'northwind_orders'), 'expires'], '2028-11-30'),
  ),
  breaks('a share is another account’s', 'GOVERNANCE_SHARE_WIDENED', 'orders', (c) =>
    c.set([...at(c, 'northwind_orders'), 'account'], 'AB11111'),
  ),
  breaks('a share is another reader account’s', 'GOVERNANCE_SHARE_WIDENED', 'orders', (c) =>
    c.set([...at(c, 'tailwind_orders'), 'reader', 'name'], 'SOMEBODY_ELSES'),
  ),
  breaks('a share is for another purpose', 'GOVERNANCE_SHARE_WIDENED', 'orders', (c) =>
    c.set([...at(c, 'northwind_orders'), 'purpose'], 'fraud-detection'),
  ),
  breaks('somebody else is said to have approved a share', 'GOVERNANCE_SHARE_WIDENED', 'orders', (c) =>
    c.set([...at(c, 'northwind_orders'), 'approved', 'security'], 'privacy@brook.example'),
  ),
  breaks('a reader account costs more', 'COST_CAP_RAISED', 'orders', (c) =>
    c.set([...at(c, 'tailwind_orders'), 'reader', 'creditsPerMonth'], 50),
  ),
  breaks('a share has something that no rule knows', 'CONSUMER_OTHER_CHANGED', 'orders', (c) =>
    c.set([...at(c, 'northwind_orders'), 'unmasked'], true),
  ),
  fits('a share shows one column less', 'GOVERNANCE_SHARE_NARROWED', 'orders', (c) =>
    c.drop([...at(c, 'northwind_orders'), 'columns', 1]),
  ),
  fits('a share shows one region less', 'GOVERNANCE_SHARE_NARROWED', 'orders', (c) =>
    c.drop([...at(c, 'tailwind_orders'), 'regions', 1]),
  ),
  fits('a share ends sooner', 'GOVERNANCE_SHARE_NARROWED', 'orders', (c) =>
    c.set([...at(c, 'northwind_orders'), 'expires'], '2027-01-31'),
  ),
  fits('a share is gone', 'GOVERNANCE_SHARE_REMOVED', 'orders', (c) => c.drop(at(c, 'northwind_orders'))),
  fits('every share is gone', 'GOVERNANCE_SHARE_REMOVED', 'orders', (c) => c.dropCustom([], SHARES)),
  fits('whom to ask about a share', 'CONSUMER_TEXT_CHANGED', 'orders', (c) =>
    c.set([...at(c, 'northwind_orders'), 'contact'], 'others@northwind.example'),
  ),
  fits('a reader account costs less', 'COST_CAP_LOWERED', 'orders', (c) =>
    c.set([...at(c, 'tailwind_orders'), 'reader', 'creditsPerMonth'], 1),
  ),
];
