import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { crossCheck } from './cross-check';
import { ContractError, type Fault, type Finding, type Path } from './finding';
import { odcsDocument, type OdcsDocument } from './odcs';

/** Reads and checks a contract file. @throws ContractError with everything that is wrong */
export function loadContract(file: string): OdcsDocument {
  return parseContract(readFileSync(file, 'utf8'), file);
}

/** @param file - named in findings */
export function parseContract(text: string, file: string): OdcsDocument {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines });
  if (yaml.errors.length > 0) {
    throw new ContractError(
      yaml.errors.map(({ pos, code }) => ({
        file,
        ...place(lines, pos[0]),
        path: '',
        message: `not YAML: ${code}`,
      })),
    );
  }
  const locate = ({ path, message }: Fault): Finding => ({
    file,
    ...place(lines, offsetAt(yaml, path)),
    path: path.join('.'),
    message,
  });
  const parsed = odcsDocument.safeParse(yaml.toJS());
  if (!parsed.success) {
    throw new ContractError(
      parsed.error.issues.map(({ path, message }) =>
        locate({ path: path.map((key) => (typeof key === 'symbol' ? String(key) : key)), message }),
      ),
    );
  }
  const faults = crossCheck(parsed.data);
  if (faults.length > 0) throw new ContractError(faults.map(locate));
  return parsed.data;
}

function place(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** Where the path stands, or the nearest enclosing thing that exists: a missing key has no place of its own. */
function offsetAt(yaml: Document, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node = yaml.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
