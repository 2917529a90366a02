import { parse } from 'yaml';
import type { ContractText } from '../read-yaml';
import { isRaw, type Raw } from './raw';

/** The comparison and the gate ask for the same files again and again, and parsing is slow. */
const known = new WeakMap<ContractText, { readonly value: Raw | undefined }>();

/** What a file says; undefined for what is no YAML, or no mapping. */
export function readRaw(source: ContractText): Raw | undefined {
  const found = known.get(source) ?? { value: parsed(source.text) };
  known.set(source, found);
  return found.value;
}

function parsed(text: string): Raw | undefined {
  try {
    const value: unknown = parse(text);
    return isRaw(value) ? value : undefined;
  } catch {
    // Told by the comparison, which knows the file, and by lint, which knows the place.
    return undefined;
  }
}
