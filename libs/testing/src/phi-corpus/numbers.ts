import type { Random } from '../events/random';

/**
 * Numbers as parts, for families to write in their own formats. They are drawn from a seed and stand beside no
 * name. Where a country keeps numbers for fiction or tests, they come from there: 555-01XX in North America, the
 * ranges of Ofcom, ARCEP, Bundesnetzagentur and ACMA, and mail domains of RFC 2606.
 */
export function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => String(random.below(10))).join('');
}

/** A digit from 1 to 9 and then any. */
export function wholeNumber(random: Random, count: number): string {
  return `${1 + random.below(9)}${digits(random, count - 1)}`;
}

export function between(random: Random, low: number, high: number, width = 0): string {
  return String(low + random.below(high - low + 1)).padStart(width, '0');
}

/** Area, group and serial that could be assigned. */
export function ssn(random: Random): readonly [area: string, group: string, serial: string] {
  let area = between(random, 1, 899, 3);
  if (area === '666') area = '665';
  return [area, between(random, 1, 99, 2), between(random, 1, 9999, 4)];
}

/** The digit that makes a number pass the Luhn formula (ISO/IEC 7812-1, annex B). */
function luhnDigit(payload: string): string {
  let sum = 0;
  for (let index = 0; index < payload.length; index++) {
    const digit = Number(payload[payload.length - 1 - index]);
    const weighted = index % 2 === 0 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return String((10 - (sum % 10)) % 10);
}

/** A card number of an issuer's prefix and length that passes Luhn. */
export function card(random: Random, prefix: string, length: number): string {
  const payload = prefix + digits(random, length - prefix.length - 1);
  return payload + luhnDigit(payload);
}

export function anyCard(random: Random): string {
  const [prefix, length] = random.pick([
    ['4', 16],
    ['51', 16],
    ['55', 16],
    ['2221', 16],
    ['2720', 16],
    ['6011', 16],
    ['65', 16],
    ['3530', 16],
  ] as const);
  return card(random, prefix, length);
}

/** The same with its last digit wrong. */
export function failingCard(random: Random): string {
  const good = anyCard(random);
  return good.slice(0, -1) + String((Number(good.at(-1)) + 1 + random.below(9)) % 10);
}

/** Ten digits whose Luhn digit counts the prefix 80840 (45 CFR 162.406, CMS). */
export function npi(random: Random): string {
  const payload = random.pick(['1', '2']) + digits(random, 8);
  return payload + luhnDigit(`80840${payload}`);
}

const AREAS = ['202', '212', '303', '312', '415', '512', '617', '713', '808', '907', '416', '604', '514'];

/** Area, exchange and line of a North American number: 555-01XX belongs to nobody. */
export function nanp(random: Random): readonly [area: string, exchange: string, line: string] {
  return [random.pick(AREAS), '555', `01${digits(random, 2)}`];
}

const GIVEN = ['alex', 'robin', 'sam', 'kim', 'jo', 'chris', 'noor', 'mika', 'ira', 'lou'];
const FAMILY = ['sample', 'example', 'test', 'demo', 'mock', 'fictive', 'invent'];

export function given(random: Random): string {
  const name = random.pick(GIVEN);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export function surname(random: Random): string {
  const name = random.pick(FAMILY);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export function mailName(random: Random): string {
  return `${random.pick(GIVEN)}.${random.pick(FAMILY)}`;
}

export interface BirthDate {
  readonly year: string;
  /** Two digits. */
  readonly month: string;
  /** Two digits. */
  readonly day: string;
}

export function birthDate(random: Random): BirthDate {
  return {
    year: between(random, 1921, 2024),
    month: between(random, 1, 12, 2),
    day: between(random, 1, 28, 2),
  };
}

export function hex(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.below(16).toString(16)).join('');
}

export function letters(random: Random, count: number): string {
  return Array.from({ length: count }, () => String.fromCharCode(65 + random.below(26))).join('');
}
