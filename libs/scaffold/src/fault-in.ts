import { YAMLParseError } from 'yaml';
import { ScaffoldError } from './scaffold-error';

/**
 * What goes wrong with the text of a file is told with its place.
 * @throws ScaffoldError as `path:line:column: what`, for text that cannot be parsed or has no place for what is added
 */
export function faultIn<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    if (thrown instanceof YAMLParseError) {
      const { line, col } = thrown.linePos?.[0] ?? { line: 1, col: 1 };
      const [what = ''] = thrown.message.split(/ at line |\n/);
      throw new ScaffoldError(`${path}:${line}:${col}: ${what}: mend the file first`);
    }
    if (thrown instanceof SyntaxError)
      throw new ScaffoldError(`${path} is no JSON: take it back from version control`);
    if (thrown instanceof ScaffoldError) throw new ScaffoldError(`${path}: ${thrown.message}`);
    throw thrown;
  }
}
