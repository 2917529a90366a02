import type { CommanderError } from 'commander';

/** Names of commands and options; what else an argument is, it may be somebody's. */
const NAME = /^-{0,2}[a-z]+(-[a-z]+)*$/;
const INVALID =
  /^(option '[^']*'|command-argument value) [\s\S]* is invalid(?: for argument '[^']*')?\. ?([\s\S]*)$/;
const UNKNOWN = /^(unknown (?:command|option)) '([\s\S]*?)'(?:\n([\s\S]*))?$/;

/** What is wrong with a command line, in one line that repeats no value: it may have been pasted from a record. */
export function tellUsage({ message }: CommanderError): string {
  const text = message.replace(/^error: /, '');
  const [, where, why = ''] = INVALID.exec(text) ?? [];
  if (where !== undefined) return `${where}: ${why === '' ? 'not one that it takes' : why}`;
  const [, what, name = '', hint] = UNKNOWN.exec(text) ?? [];
  if (what !== undefined)
    return [NAME.test(name) ? `${what} '${name}'` : what, hint].filter(Boolean).join(' ');
  return text;
}
