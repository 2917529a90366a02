import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import { crossCheck } from './cross-check';
import { check } from './explain';
import { ContractError, type Fault, type Finding, type Path } from './finding';
import { odcsDocument, type OdcsDocument } from './odcs';

/** Reads and checks a contract file. @throws ContractError with everything that is wrong */
export function loadContract(file: string): OdcsDocument {
  return parseContract(readFileSync(file, 'utf8'), file);
}

/** That the parts agree is looked at as soon as each of them has its shape. */
const checkedDocument = odcsDocument.superRefine((document, context) => {
  for (const { path, message } of crossCheck(document)) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
});

/** @param file - named in findings; its folder and name say domain and stream */
export function parseContract(text: string, file: string): OdcsDocument {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const findingAt = (offset: number, path: string, message: string): Finding => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, path, message };
  };
  if (yaml.errors.length > 0) {
    throw new ContractError(
      withoutEchoes(yaml.errors).map(({ pos, message }) => findingAt(pos[0], '', `not YAML: ${message}`)),
    );
  }
  const checked = check(checkedDocument, yaml.toJS());
  const faults = 'faults' in checked ? checked.faults : misplaced(checked.value, file);
  if ('value' in checked && faults.length === 0) return checked.value;
  throw new ContractError(
    faults.map(({ path, message }) => findingAt(offsetAt(yaml, path), path.join('.'), message)),
  );
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
