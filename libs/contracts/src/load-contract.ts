import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import { checkTogether } from './check-together';
import { crossCheck } from './cross-check';
import { check } from './explain';
import { ContractError, type Fault, type Finding, type Path } from './finding';
import { odcsDocument, type OdcsDocument } from './odcs';

/** Reads and checks a contract file. @throws ContractError with everything that is wrong */
export function loadContract(file: string): OdcsDocument {
  return parseContract(readFileSync(file, 'utf8'), file);
}

/** Reads and checks contract files, each for itself and all together. @throws ContractError with everything that is wrong */
export function loadContracts(files: readonly string[]): readonly OdcsDocument[] {
  return parseContracts(files.map((file) => ({ file, text: readFileSync(file, 'utf8') })));
}

/** A contract's text, and the file that it is from. */
export interface ContractText {
  /** Named in findings; its folder and name say domain and stream. */
  readonly file: string;
  readonly text: string;
}

/** @param file - named in findings; its folder and name say domain and stream */
export function parseContract(text: string, file: string): OdcsDocument {
  const reading = read({ text, file });
  if ('document' in reading) return reading.document;
  throw new ContractError(reading);
}

/** As `loadContracts`, of texts. */
export function parseContracts(texts: readonly ContractText[]): readonly OdcsDocument[] {
  const readings = texts.map(read);
  const unsound = readings.flatMap((reading) => ('document' in reading ? [] : reading));
  if (unsound.length > 0) throw new ContractError(unsound);
  const sound = readings.flatMap((reading) => ('document' in reading ? [reading] : []));
  const faults = checkTogether(sound.map(({ document }) => document));
  const findings = sound.flatMap(({ document, place }) => (faults.get(document) ?? []).map(place));
  if (findings.length > 0) throw new ContractError(findings);
  return sound.map(({ document }) => document);
}

/** A contract that agrees with itself, and where in its file a fault stands. */
interface Sound {
  readonly document: OdcsDocument;
  readonly place: (fault: Fault) => Finding;
}

/** That the parts agree is looked at as soon as each of them has its shape. */
const checkedDocument = odcsDocument.superRefine((document, context) => {
  for (const { path, message } of crossCheck(document)) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
});

function read({ text, file }: ContractText): Sound | readonly Finding[] {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const findingAt = (offset: number, path: string, message: string): Finding => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, path, message };
  };
  if (yaml.errors.length > 0)
    return withoutEchoes(yaml.errors).map(({ pos, message }) =>
      findingAt(pos[0], '', `not YAML: ${message}`),
    );
  const place = ({ path, message }: Fault): Finding =>
    findingAt(offsetAt(yaml, path), path.join('.'), message);
  const checked = check(checkedDocument, yaml.toJS());
  const faults = 'faults' in checked ? checked.faults : misplaced(checked.value, file);
  return 'value' in checked && faults.length === 0 ? { document: checked.value, place } : faults.map(place);
}

/** After a syntax error a parser stumbles over sound text: only the first is worth reading. */
function withoutEchoes(errors: readonly YAMLError[]): readonly YAMLError[] {
  const syntax = errors.filter(({ code }) => code !== 'DUPLICATE_KEY');
  return syntax.length === 0 ? errors : syntax.toSorted((a, b) => a.pos[0] - b.pos[0]).slice(0, 1);
}

/** Generated files go where domain and name say, and would be looked for beside the contract. */
function misplaced({ domain, name }: OdcsDocument, file: string): Fault[] {
  const place = `${domain}/${name}.odcs.yaml`;
  if (file.replaceAll('\\', '/').endsWith(place)) return [];
  return [{ path: ['name'], message: `belongs into contracts/${place}: rename it, or move the file` }];
}

/** Where the path stands, or the nearest enclosing thing that exists: a missing key has no place of its own. */
function offsetAt(yaml: Document, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node = yaml.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
