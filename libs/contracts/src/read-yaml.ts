import { isNode, LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import type { z } from 'zod';
import { check } from './explain';
import type { Fault, Finding, Path } from './finding';
import { templatesIn } from './templates-in';

/** The text of a contract, of the roles or of a policy, and the file that it is from. */
export interface ContractText {
  /** Named in findings; of a contract, its folder and name say domain and stream or product. */
  readonly file: string;
  readonly text: string;
}

/** What a file says, and where in it a fault stands. */
export interface Reading<T> {
  readonly value: T;
  readonly place: (fault: Fault) => Finding;
}

/** A file's value, or everything that is wrong with it. */
export function readYaml<T extends z.ZodType>(
  { text, file }: ContractText,
  schema: T,
): Reading<z.output<T>> | readonly Finding[] {
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
  const templates = templatesIn(yaml);
  if (templates.length > 0)
    return templates.map(({ offset, path, opens }) =>
      findingAt(
        offset,
        path.join('.'),
        `has ${opens}, where SQL and models made of it would begin a template: put a space between`,
      ),
    );
  const place = ({ path, message }: Fault): Finding =>
    findingAt(offsetAt(yaml, path), path.join('.'), message);
  const checked = check(schema, yaml.toJS());
  return 'faults' in checked ? checked.faults.map(place) : { value: checked.value, place };
}

/** After a syntax error a parser stumbles over sound text: only the first is worth reading. */
function withoutEchoes(errors: readonly YAMLError[]): readonly YAMLError[] {
  const syntax = errors.filter(({ code }) => code !== 'DUPLICATE_KEY');
  return syntax.length === 0 ? errors : syntax.toSorted((a, b) => a.pos[0] - b.pos[0]).slice(0, 1);
}

/** Where the path stands, or the nearest enclosing thing that exists: a missing key has no place of its own. */
function offsetAt(yaml: Document, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node = yaml.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
