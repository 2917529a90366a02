import { custom, rawOf, rawsOf, type Raw } from './raw';

/** Whether anything of it is personal data, or is said not to be any more. */
export function isPersonal(contract: Raw): boolean {
  const within = (property: Raw): boolean =>
    property.classification === 'pii' ||
    property.classification === 'phi' ||
    custom(property, 'das.declassifies') !== undefined ||
    rawsOf(property.properties).some(within) ||
    (property.items !== undefined && within(rawOf(property.items)));
  return rawsOf(contract.schema).some(
    (table) => custom(table, 'das.declassifies') !== undefined || rawsOf(table.properties).some(within),
  );
}
