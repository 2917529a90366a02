import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainName, statementsOf } from './statements';

/** What the generated SQL makes a policy do. */
export interface RenderedPolicy {
  /** `DB.OPS.NAME` */
  readonly name: string;
  readonly arguments: readonly string[];
  readonly body: string;
}

const CREATES =
  /^CREATE (?:MASKING|ROW ACCESS|PROJECTION|AGGREGATION) POLICY IF NOT EXISTS ("\w+"\."\w+"\."\w+") AS \(([^)]*)\) RETURNS \w+ -> (.*?)(?: COMMENT = '.*)?$/is;
const ALTERS =
  /^ALTER (?:MASKING|ROW ACCESS|PROJECTION|AGGREGATION) POLICY ("\w+"\."\w+"\."\w+") SET BODY -> (.*)$/is;

/** Every statement of the SQL below a folder, in the order in which it is applied. @param of - of its files, which */
export function appliedStatements(
  folder: string,
  of: (file: string) => boolean = () => true,
): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.sql') && of(name),
  );
  const byName = (path: string): string => path.replace(/^.*[\\/]/, '');
  return files
    .sort((a, b) => (byName(a) < byName(b) ? -1 : 1))
    .flatMap((file) => statementsOf(readFileSync(join(folder, file), 'utf8')));
}

/**
 * The masking, row access, projection and aggregation policies that statements leave behind, applied once from nothing.
 * @throws Error for a body that is set before its policy is created
 */
export function readPolicies(statements: readonly string[]): ReadonlyMap<string, RenderedPolicy> {
  const policies = new Map<string, RenderedPolicy>();
  for (const statement of statements) {
    const [, created, given = '', first = ''] = CREATES.exec(statement) ?? [];
    if (created !== undefined) {
      const name = plainName(created);
      const args = [...given.matchAll(/"(\w+)" \w+/g)].map(([, argument = '']) => argument);
      if (!policies.has(name)) policies.set(name, { name, arguments: args, body: first });
    }
    const [, altered, body = ''] = ALTERS.exec(statement) ?? [];
    if (altered === undefined) continue;
    const policy = policies.get(plainName(altered));
    if (policy === undefined) throw new Error(`${plainName(altered)} gets a body before it is created`);
    policies.set(policy.name, { ...policy, body });
  }
  return policies;
}
