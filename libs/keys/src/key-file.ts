import { readFileSync } from 'node:fs';
import { Failure, type DataKey, type KeyProvider, type KeyPurpose } from '@das/pipeline';
import { z } from 'zod';

const KEY_BYTES = 32;

const keyFile = z.object({
  keys: z.array(
    z.object({
      id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
      purpose: z.string(),
      material: z.base64(),
    }),
  ),
});

/**
 * Keys from a local file, for development: `{"keys":[{"id","purpose","material": base64 of 32 bytes}]}`. The
 * last key of a purpose is the one in use; earlier ones only read. Keep it at mode 0600.
 * @throws Failure setup, naming the setting and never the content
 */
export function readKeyFile(path: string): KeyProvider {
  const keys = parseKeys(readText(path));
  const ofPurpose = (purpose: KeyPurpose): readonly DataKey[] => keys.get(purpose) ?? [];
  return {
    current(purpose) {
      const key = ofPurpose(purpose).at(-1);
      if (key !== undefined) return key;
      throw invalid(`holds no key for the purpose ${purpose}`);
    },
    find: (purpose, id) => ofPurpose(purpose).find((key) => key.id === id),
  };
}

function invalid(what: string, cause?: unknown): Failure {
  return new Failure('setup', 'key_file', `the key file named by PHI_KEY_FILE ${what}`, {
    cure: 'make one with a 32-byte key for each of dead-letter and record-hash',
    cause,
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw invalid('cannot be read', cause);
  }
}

function parseKeys(text: string): Map<string, DataKey[]> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which holds the keys.
    throw invalid('is not JSON');
  }
  const parsed = keyFile.safeParse(json);
  if (!parsed.success)
    throw invalid(`is not as expected at ${parsed.error.issues[0]?.path.join('.') ?? 'the root'}`);
  const keys = new Map<string, DataKey[]>();
  for (const { id, purpose, material } of parsed.data.keys) {
    const bytes = Buffer.from(material, 'base64');
    if (bytes.length !== KEY_BYTES) throw invalid(`holds a key (${id}) that is not ${KEY_BYTES} bytes long`);
    const key: DataKey = { id, material: bytes };
    keys.set(purpose, [...(keys.get(purpose) ?? []), key]);
  }
  return keys;
}
