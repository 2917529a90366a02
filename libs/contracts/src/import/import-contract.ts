import { stringify } from 'yaml';
import { checkContractAccess } from '../access/check-access';
import type { AccessBook } from '../access/access-book';
import { role } from '../access/roles';
import { checkTogether } from '../check-together';
import { ContractError, type Fault, type Finding, type Path } from '../finding';
import { governedTables } from '../governed-tables';
import { parseContract } from '../load-contract';
import type { OdcsDocument } from '../odcs';
import type { ColumnMask } from '../product-contract';
import { readYaml, type ContractText } from '../read-yaml';
import { Decisions } from './decisions';
import { draftContract } from './draft-contract';
import { shortPath } from './short-path';
import { shortForm, type ShortForm } from './short-form';

/** What was made of a short form. */
export interface Import {
  /** Below `contracts/`; null where the short form does not say its name or its domain. */
  readonly path: string | null;
  /** The ODCS contract, which passes every check; null where something is open. */
  readonly text: string | null;
  /** What people have to decide, and what is wrong. */
  readonly open: readonly Finding[];
  /** What was taken without being said, since it is safe. */
  readonly assumed: readonly Finding[];
}

/** What a short form is read beside. */
export interface ImportContext {
  /** Of the same kind: what a team says once for all of its contracts. */
  readonly defaults?: ContractText | undefined;
  /** The contracts that there are, checked; one of the same name and domain is replaced. */
  readonly documents: readonly OdcsDocument[];
  readonly access: AccessBook;
}

/** Makes a contract of the short YAML that a team wrote. */
export function importContract(source: ContractText, context: ImportContext): Import {
  const nothing = { path: null, text: null, assumed: [] };
  const reading = readYaml(source, shortForm);
  if (!('value' in reading)) return { ...nothing, open: reading };
  const defaults = context.defaults && readYaml(context.defaults, shortForm);
  if (defaults !== undefined && !('value' in defaults)) return { ...nothing, open: defaults };
  const { place } = reading;
  const short = defaults === undefined ? reading.value : (merged(defaults.value, reading.value) as ShortForm);
  const others = context.documents.filter(({ name, domain }) => !isOf(short, name, domain));
  const decisions = new Decisions();
  const draft = draftContract(short, {
    decisions,
    account: accountOf(others),
    domainMask: domainMaskOf(short, others),
  });
  const { name, domain } = draft;
  const path =
    short.name === undefined || short.domain_database === undefined ? null : `${domain}/${name}.odcs.yaml`;
  const assumed = inOrder(decisions.assumed.map(place));
  if (decisions.open.length > 0 || path === null)
    return { path, text: null, open: inOrder(decisions.open.map(place)), assumed };
  const text = stringify(draft, { lineWidth: 110, singleQuote: true, aliasDuplicateObjects: false });
  const file = `contracts/${path}`;
  const open = faultsOf({ file, text }, others, context.access)
    .map(({ path: at, message }) => ({ path: shortPath(at, draft), message }))
    .map(place);
  return { path, text: open.length === 0 ? text : null, open, assumed };
}

function isOf(short: ShortForm, name: string, domain: string): boolean {
  return short.name === name && short.domain_database?.toLowerCase() === domain;
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** What is said in the short form holds; lists are not joined. */
function merged(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isMapping(base) || !isMapping(over)) return over;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(over)])];
  return Object.fromEntries(keys.map((key) => [key, merged(base[key], over[key])]));
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** There is one account. */
function accountOf(documents: readonly OdcsDocument[]): string | undefined {
  const account = documents
    .flatMap(({ servers }) => servers)
    .find(({ type }) => type === 'snowflake')?.account;
  return typeof account === 'string' ? account : undefined;
}

function domainMaskOf(short: ShortForm, documents: readonly OdcsDocument[]) {
  const domain = short.domain_database?.toLowerCase();
  const masks = governedTables(documents.filter((document) => document.domain === domain))
    .flatMap(({ columns }) => columns)
    .flatMap(({ mask }) => (mask === undefined ? [] : [mask]));
  return (kind: string): ColumnMask | undefined => masks.find((mask) => mask.kind === kind);
}

/** What the checks of `das contract lint` say of it, and of the others beside it. */
function faultsOf(
  contract: ContractText,
  others: readonly OdcsDocument[],
  access: AccessBook,
): readonly Fault[] {
  let document: OdcsDocument;
  try {
    document = parseContract(contract.text, contract.file);
  } catch (thrown) {
    if (!(thrown instanceof ContractError)) throw thrown;
    return thrown.findings.map(({ path, message }) => ({ path: pathOf(path), message }));
  }
  const together = [...checkTogether([...others, document])].flatMap(([of, faults]) =>
    faults.map(({ path, message }) =>
      of === document
        ? { path, message }
        : { path: [], message: `with it ${of.name} is not sound: ${message}` },
    ),
  );
  return [
    ...together,
    ...checkContractAccess(document, withCollector(document, access), [...others, document]),
  ];
}

/** The role that appends to a new stream is made with it. */
function withCollector({ name, roles }: OdcsDocument, access: AccessBook): AccessBook {
  const writer = roles.find(
    ({ role: named, access: right }) => right === 'write' && named === `COLLECTOR_${name.toUpperCase()}`,
  );
  if (writer === undefined) return access;
  const fresh = role.parse({ kind: 'service', description: 'Appends to the stream.', collects: name });
  return { ...access, roles: { [writer.role]: fresh, ...access.roles } };
}

function pathOf(dotted: string): Path {
  return dotted === '' ? [] : dotted.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}
