const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/**
 * A number's text in units of 10^-scale, half away from zero, in whole numbers all the way: binary floating point
 * would take 1.005 for less than it is.
 * @throws Error for what is no number
 */
export function unitsOf(text: string, scale: number): bigint {
  const [, sign, whole, fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (whole === undefined) throw new Error('not a number');
  const units = rescale(BigInt(whole + fraction), fraction.length - Number(exponent), scale);
  return sign === '-' ? -units : units;
}

/** From units of 10^-from to units of 10^-to, half away from zero. */
export function rescale(units: bigint, from: number, to: number): bigint {
  if (to >= from) return units * 10n ** BigInt(to - from);
  const step = 10n ** BigInt(from - to);
  const half = units < 0n ? -step / 2n : step / 2n;
  return (units + half) / step;
}

/** As a DECIMAL is written: every digit of its scale. */
export function decimalText(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return units < 0n ? `-${text}` : text;
}
