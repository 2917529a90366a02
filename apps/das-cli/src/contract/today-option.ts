import { InvalidArgumentError, Option } from 'commander';

/** `--today`, in the place of the clock. @param decides - what the day decides, for the help */
export function todayOption(decides: string): Option {
  return new Option('--today <day>', decides)
    .argParser(readDay)
    .default(new Date().toISOString().slice(0, 10));
}

function readDay(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('a day such as 2026-11-27');
}
