import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { idsIn, NUMBER_PREFIX, TEXT_PREFIX, type MarkBook } from './marks';
import { search } from './search';

const PREFIXES = new RegExp(`${TEXT_PREFIX}|${NUMBER_PREFIX}`, 'g');

/** Each mark in a row of BRONZE that the contract does not let land where it is. */
export function leaksOfRow(row: Readonly<Record<string, unknown>>, book: MarkBook): readonly string[] {
  return Object.entries(row).flatMap(([column, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (column !== 'PAYLOAD' || value === null) return leaksOfText(text, { column }, book);
    return leaves(JSON.parse(text)).flatMap(([path, leaf]) => leaksOfText(leaf, { column, path }, book));
  });
}

/**
 * Each mark in the files of a folder, names of files included.
 * @param rowsOf - the text of a Parquet file's rows, each of which is judged by itself: compressed or not, its bytes
 *   may hold what its rows hold
 */
export async function leaksOfFiles(
  dir: string,
  except: readonly string[],
  rowsOf: (file: string) => Promise<string>,
): Promise<readonly string[]> {
  const leaks: string[] = [];
  for (const file of filesOf(dir, except)) {
    const bytes = readFileSync(join(dir, file));
    const named = search(Buffer.from(file)).map(({ form }) => `${file}: its name: ${form}`);
    const found = search(bytes);
    const landed = found.length > 0 && file.endsWith('.parquet') ? await rowsOf(join(dir, file)) : '';
    const inRows = new Set(search(Buffer.from(landed)).map(({ form }) => form));
    const inBytes = found.filter(({ form }) => !inRows.has(form));
    leaks.push(...named, ...inBytes.map(({ form, at }) => `${file}: ${form}: ${before(bytes, at)}`));
  }
  return leaks;
}

/** What stands before a mark, to find it by. */
function before(bytes: Buffer, at: number): string {
  return bytes
    .subarray(Math.max(0, at - 60), at)
    .toString('latin1')
    .replace(/[^ -~]/g, '.');
}

/** What was searched, so that a test can see that it was not nothing. */
export function filesOf(dir: string, except: readonly string[]): readonly string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .filter((file) => !except.some((folder) => file.startsWith(`${folder}/`)));
}

function leaksOfText(
  text: string,
  at: { readonly column: string; readonly path?: string },
  book: MarkBook,
): readonly string[] {
  const where = `${at.column} ${at.path ?? ''}`.trim();
  const forms = search(Buffer.from(text)).filter(({ form }) => form !== 'plain');
  const ids = idsIn(text);
  const torn = (text.match(PREFIXES)?.length ?? 0) > ids.length ? [`${where}: a torn mark`] : [];
  const misplaced = ids.filter((id) => {
    const mark = book.find(id);
    const isThere = at.column !== 'PAYLOAD' || mark?.path === undefined || mark.path === at.path;
    return !(mark?.columns.includes(at.column) === true && isThere);
  });
  return [
    ...forms.map(({ form }) => `${where}: ${form}`),
    ...torn,
    ...misplaced.map((id) => `${where}: ${book.find(id)?.place ?? id}`),
  ];
}

/** Texts and numbers of a JSON value by path, as PHI_TAGS writes it; a name is at the path of what it names. */
function leaves(value: unknown, path = ''): readonly (readonly [path: string, text: string])[] {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([name, part]) => {
    const at = path === '' ? name : `${path}.${name}`;
    return [[at, name] as const, ...leaves(part, at)];
  });
}
