import { customIndex } from './das-properties';
import type { OdcsDocument } from './odcs';

/** A stream says how it is collected. */
export function isStream(document: OdcsDocument): boolean {
  return customIndex(document, 'das.collector') >= 0;
}

/** A data product says what kind of product it is. */
export function isProduct(document: OdcsDocument): boolean {
  return customIndex(document, 'das.product') >= 0;
}
