/** Digits that a part of an offset may have: a sequence number of Kinesis has 56. */
const FIRST_DIGITS = 80;
const SECOND_DIGITS = 20;

/**
 * A text that sorts as SOURCE_OFFSET does: a number, or two with a colon between (Kinesis: `<sequence>:<sub-sequence>`).
 * As numbers they would not fit the 38 digits that the databases count to. The same as `landed_order` of dbt.
 */
export function offsetOrder(column: string): string {
  return (
    `LPAD(SPLIT_PART(${column}, ':', 1), ${FIRST_DIGITS}, '0') || ` +
    `LPAD(SPLIT_PART(${column}, ':', 2), ${SECOND_DIGITS}, '0')`
  );
}

/** Where an offset stands in that order. @param rest - a digit for the second number, where there is none */
export function paddedOffset(offset: string, rest: '0' | '9'): string {
  const [first = '', second = ''] = offset.split(':');
  return first.padStart(FIRST_DIGITS, '0') + second.padStart(SECOND_DIGITS, second === '' ? rest : '0');
}
