import type { SchemaTree } from 'hyparquet';
import { objectFault } from '../object-fault';

/**
 * Columns of decimals, with their scale. hyparquet makes them numbers, which have 15 digits: here they stay what is
 * stored, so that `decimalText` can write every digit.
 * @throws Failure data for decimals within lists and structures, which would lose digits
 */
export function decimalColumns(root: SchemaTree): ReadonlyMap<string, number> {
  const scales = new Map<string, number>();
  for (const column of root.children) {
    if (isDecimal(column)) {
      scales.set(column.element.name, column.element.scale ?? 0);
      delete column.element.converted_type;
      delete column.element.logical_type;
    } else if (hasDecimal(column)) {
      throw objectFault('parquet_nested_decimal', 'a decimal within a list or a structure is not read');
    }
  }
  return scales;
}

/** @param value - the stored integer, or its bytes, the most significant first */
export function decimalText(value: unknown, scale: number): string {
  const unscaled = value instanceof Uint8Array ? signed(value) : BigInt(value as number | bigint);
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const sign = unscaled < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function signed(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex(bytes)}`));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function isDecimal({ element }: SchemaTree): boolean {
  return element.converted_type === 'DECIMAL' || element.logical_type?.type === 'DECIMAL';
}

function hasDecimal(tree: SchemaTree): boolean {
  return isDecimal(tree) || tree.children.some(hasDecimal);
}
