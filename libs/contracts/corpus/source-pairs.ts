import { breaks, editedText, rewritten, type Pair } from './pair';

/** The orders' contract, with personal data that decides about its rows. */
function withStaff(text: string, because: string): string {
  return editedText(text, (c) =>
    c.setCustom(c.at('orders'), 'das.declassifies', [{ source: 'orders_events_v1.customer_email', because }]),
  );
}

/** What columns and rows are made from, where that decides who sees what. */
export const SOURCE_PAIRS: readonly Pair[] = [
  breaks('rows are shown by another region', 'GOVERNANCE_ROW_ACCESS_SOURCE_CHANGED', 'order_lines', (c) =>
    c.set(
      [...c.at('order_lines.region'), 'transformSourceObjects'],
      ['orders_events_v1.shipping_address.country'],
    ),
  ),
  breaks('rows are shown by more than the region', 'GOVERNANCE_ROW_ACCESS_SOURCE_CHANGED', 'sessions', (c) =>
    c.add([...c.at('sessions.region'), 'transformSourceObjects'], 'auth_events_v1.device'),
  ),
  breaks('rows are shown by a constant', 'GOVERNANCE_ROW_ACCESS_SOURCE_CHANGED', 'customers', (c) =>
    c.set([...c.at('customers_scd.region'), 'transformSourceObjects'], []),
  ),
  breaks('a new column keeps nothing of an address', 'GOVERNANCE_DECLASSIFIED', 'orders', (c) =>
    c.add(['schema', 0, 'properties'], {
      name: 'has_address',
      physicalName: 'HAS_ADDRESS',
      description: 'Whether it goes anywhere.',
      logicalType: 'boolean',
      physicalType: 'BOOLEAN',
      transformSourceObjects: ['orders_events_v1.shipping_address.line1'],
      classification: 'internal',
      customProperties: [
        {
          property: 'das.declassifies',
          value: [{ source: 'orders_events_v1.shipping_address.line1', because: 'It is yes or no.' }],
        },
      ],
    }),
  ),
  breaks('personal data decides about rows', 'GOVERNANCE_DECLASSIFIED', 'orders', (c) =>
    c.setCustom(c.at('orders'), 'das.declassifies', [
      { source: 'orders_events_v1.customer_email', because: 'Orders of the staff are left out.' },
    ]),
  ),
  rewritten(
    {
      id: 'personal data decides no more about rows',
      breaking: false,
      rule: 'GOVERNANCE_DECLASSIFIED_NO_MORE',
    },
    'orders',
    (text) => ({
      base: withStaff(text, 'Orders of the staff are left out.'),
      head: editedText(text, () => undefined),
    }),
  ),
  rewritten(
    { id: 'why it is declassified is said otherwise', breaking: false, rule: 'CONSUMER_TEXT_CHANGED' },
    'orders',
    (text) => ({
      base: withStaff(text, 'Orders of the staff are left out.'),
      head: withStaff(text, 'The staff orders in order to test.'),
    }),
  ),
];
