import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { authEventsV1 } from '@contracts/brook-commerce';
import type { ProtectedProperty, PropertyPath, StreamContract } from '@das/contracts';

/** What a value's bytes are once they have landed. */
export type Landing = (value: Uint8Array) => Uint8Array;

type Form = (text: string) => string | null;

/** Of a log that is no stream in service everything lands as it was sent. */
const KNOWN: ReadonlyMap<string, Landing> = new Map([[authEventsV1.source.log, landingOf(authEventsV1)]]);

export function landingOn(log: string): Landing {
  return KNOWN.get(log) ?? ((value) => value);
}

/**
 * What is to land of a stream's values, by its contract's words. It is said here once more, in the plainest way, and
 * shares no code with what it judges: of generated events only, which have no white space and no escapes.
 * @param phiKeyFile - a key ring in clear; without it, of a stream of which nothing is tokenised
 * @throws Error where a contract asks for what is not foreseen here
 */
export function landingOf(contract: StreamContract, phiKeyFile?: string): Landing {
  const changes = contract.phi
    .filter(({ protect }) => protect !== 'clear')
    .map(({ path, ...property }) => ({ path, form: formOf(contract, { path, ...property }, phiKeyFile) }));
  const named = Object.keys(contract.schema.properties ?? {});
  const isKept = (name: string): boolean => contract.unknownFields !== 'discard' || named.includes(name);
  if (changes.length === 0 && contract.unknownFields !== 'discard') return (value) => value;
  return (value) => {
    const event = readEvent(value);
    // What no parser takes is dead, and so is what names a thing twice.
    if (event === undefined) return value;
    for (const { path, form } of changes) change(event, path, form);
    return Buffer.from(
      JSON.stringify(Object.fromEntries(Object.entries(event).filter(([name]) => isKept(name)))),
    );
  };
}

function readEvent(value: Uint8Array): Record<string, unknown> | undefined {
  const text = Buffer.from(value).toString();
  try {
    const event = JSON.parse(text) as Record<string, unknown>;
    return JSON.stringify(event) === text ? event : undefined;
  } catch {
    return undefined;
  }
}

/** Of each item, where the path goes through an array. */
function change(at: unknown, [name = '', ...rest]: PropertyPath, form: Form): void {
  if (typeof at !== 'object' || at === null) return;
  if (name === '[]') {
    for (const item of at as readonly unknown[]) change(item, rest, form);
    return;
  }
  const holder = at as Record<string, unknown>;
  if (rest.length > 0) change(holder[name], rest, form);
  else if (typeof holder[name] === 'string') holder[name] = form(holder[name]);
}

function formOf(
  { stream, domain }: StreamContract,
  { path, kind, protect }: ProtectedProperty,
  phiKeyFile: string | undefined,
): Form {
  if (protect === 'redact') return () => null;
  if (protect === 'tokenize' && phiKeyFile !== undefined) {
    const { id, material } = keyOf(phiKeyFile, `token:${domain}`);
    return (text) =>
      `tok.${id}.${createHmac('sha256', material).update(`${kind}\0${text}`).digest('base64url')}`;
  }
  if (protect === 'generalize' && kind === 'ip') return (text) => text.replace(/\.\d+$/, '.0/24');
  // Of the generators' places 102 alone has so few people that it is not told.
  if (protect === 'generalize' && kind === 'postal_code')
    return (text) => (text.startsWith('102') ? '000' : text.slice(0, 3));
  throw new Error(
    `${stream}: the oracle does not know what lands of ${path.join('.')} (${protect}, ${kind})`,
  );
}

function keyOf(file: string, wanted: string): { readonly id: string; readonly material: Buffer } {
  const { keys } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly keys: readonly { readonly id: string; readonly purpose: string; readonly material: string }[];
  };
  const key = keys.find(({ purpose }) => purpose === wanted);
  if (key === undefined) throw new Error(`${file} has no key for ${wanted}`);
  return { id: key.id, material: Buffer.from(key.material, 'base64') };
}
