import type { AccessBook } from '@das/contracts';
import { seeEverything } from '../compile/masking-policies';
import { ENVIRONMENT, PRODUCTION } from '../compile/policy';
import { identifier, isRole } from '../compile/sql-text';
import type { RenderedPolicy } from '../rendered/read-policies';
import { broken, type Broken } from './broken';
import { caseOf } from './case-of';
import { constraintFaults, isConstraint } from './constraint-bodies';

const ONE_ROLE = "is_role_in_session\\('\\w+'\\)";
const IN_PRODUCTION = new RegExp(
  `^${ENVIRONMENT.replaceAll(/[{}]/g, '\\$&')} = '${PRODUCTION}' and \\(${ONE_ROLE}(?: or ${ONE_ROLE})*\\)$`,
);
/** Shows what was classified and is not personal; its columns are those without a mask of their own. */
const DENIES = /\.DENY_UNCLASSIFIED_\w+$/;
const CLASSES_SHOWN =
  /^SYSTEM\$GET_TAG_ON_CURRENT_COLUMN\('\w+\.OPS\.(?:CLASSIFICATION'\) in \((?:(?:, )?'(?:public|internal|confidential)')+\)|PROTECTED_BY'\) in \((?:(?:, )?'(?:ingest|table)')+\))$/i;

export interface MaskedColumn {
  /** `DB.SCHEMA.TABLE.COLUMN` */
  readonly where: string;
  /** What landed is a token, which is shown as it is. */
  readonly isToken: boolean;
}

/**
 * What is wrong with the bodies of masking policies. Only what is understood is right: a condition of another shape is broken.
 * @param masked - by policy the columns that it masks, which are named instead of it
 */
export function bodyFaults(
  policies: Iterable<RenderedPolicy>,
  access: AccessBook,
  masked: ReadonlyMap<string, readonly MaskedColumn[]>,
): readonly Broken[] {
  const free = new Set(seeEverything(access).map(isRole));
  return [...policies].flatMap((policy) => {
    const { name, arguments: args, body } = policy;
    if (/\.ROWS_BY_\w+$/.test(name)) return [];
    if (isConstraint(policy)) return constraintFaults(policy, access);
    const columns = masked.get(name) ?? [{ where: name, isToken: false }];
    const all = (invariant: Broken['invariant'], says: string): readonly Broken[] =>
      columns.map(({ where }) => broken(invariant, where, says));
    if (args.length !== 1)
      return all('mask-of-one-argument', `is masked by ${name}, which has ${args.length} arguments`);
    const value = identifier(args[0] ?? '');
    const read = caseOf(body);
    if (read === undefined) return all('clear-in-production-alone', `is masked by ${name}, which is no CASE`);
    const denies = DENIES.test(name);
    const allowed = denies ? CLASSES_SHOWN : IN_PRODUCTION;
    const invariant = denies ? 'unclassified-is-denied' : 'clear-in-production-alone';
    const open = read.whens.filter(({ condition }) => !free.has(condition) && !allowed.test(condition));
    return [
      ...open.flatMap(({ condition }) => all(invariant, `is shown by ${name} when ${condition}`)),
      ...(read.otherwise === value && !columns.some(({ isToken }) => isToken)
        ? all(invariant, `is shown by ${name} to everybody`)
        : []),
      ...(denies && read.otherwise !== undefined
        ? all(invariant, `is shown by ${name} as ${read.otherwise}`)
        : []),
    ];
  });
}
