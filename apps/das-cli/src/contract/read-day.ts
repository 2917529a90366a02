import { InvalidArgumentError } from 'commander';

/** As an option gives it. */
export function readDay(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('a day such as 2026-11-27');
}
