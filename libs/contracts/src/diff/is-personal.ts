import { rawOf, rawsOf, type Raw } from './raw';

/** Whether anything of it is personal data. */
export function isPersonal(contract: Raw): boolean {
  const within = (property: Raw): boolean =>
    property.classification === 'pii' ||
    property.classification === 'phi' ||
    rawsOf(property.properties).some(within) ||
    (property.items !== undefined && within(rawOf(property.items)));
  return rawsOf(contract.schema).some((table) => rawsOf(table.properties).some(within));
}
