import {
  BRONZE_MASKS,
  OPS_TABLES,
  maskPolicyName,
  type AccessBook,
  type ColumnMask,
  type GovernedTable,
} from '@das/contracts';
import { ENVIRONMENT, PRODUCTION, type Dialect, type Policy } from './policy';
import { baseType, fill, identifier, isRole } from './sql-text';

const VALUE = 'VALUE';

/** One policy for each kind of personal data, and for each type of column that holds it (ADR 0025). */
export function maskingPolicies(access: AccessBook, tables: readonly GovernedTable[]): readonly Policy[] {
  const columns = tables.flatMap((table) => table.columns);
  const found = new Map<string, Policy>();
  const add = (mask: Mask, type: string): void => {
    const name = `MASK_${maskPolicyName(mask.kind, type).toUpperCase()}`;
    if (!found.has(name)) found.set(name, maskingPolicy(name, mask, baseType(type), access));
  };
  for (const { mask, type } of columns) if (mask !== undefined) add(mask, type);
  const hiding = [BRONZE_MASKS, ...OPS_TABLES.map(({ masks }) => masks)];
  for (const { mask, type } of hiding.flatMap((masks) => Object.values(masks))) add(mask, type);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

type Mask = Pick<ColumnMask, 'form' | 'clearFor'> & { readonly kind: string };

function maskingPolicy(name: string, mask: Mask, type: string, access: AccessBook): Policy {
  const roles = mask.clearFor.length === 0 ? 'nobody' : mask.clearFor.join(', ');
  return {
    type: 'masking',
    name,
    description: `phi:${mask.kind} is seen as ${mask.form}; in clear by ${roles}.`,
    arguments: [{ name: VALUE, type }],
    returns: type,
    body: {
      snowflake: bodyOf(mask, access, type, 'snowflake'),
      duckdb: bodyOf(mask, access, type, 'duckdb'),
    },
  };
}

function bodyOf(mask: Mask, access: AccessBook, type: string, dialect: Dialect): string {
  const value = identifier(VALUE);
  const clear = mask.clearFor.map(isRole).join(' or ');
  return [
    'case',
    ...seeEverything(access).map((role) => `  when ${isRole(role)} then ${value}`),
    ...(clear === '' ? [] : [`  when ${ENVIRONMENT} = '${PRODUCTION}' and (${clear}) then ${value}`]),
    `  else ${maskedForm(access, mask.form, type, dialect, value)}`,
    'end',
  ].join('\n');
}

/** What is seen instead of the value; of a type that the form says nothing of, null. */
function maskedForm(
  access: AccessBook,
  form: ColumnMask['form'],
  type: string,
  dialect: Dialect,
  value: string,
): string {
  const sql = access.masking.forms[form].types[type];
  if (sql === undefined) return 'null';
  return fill(typeof sql === 'string' ? sql : sql[dialect], { value });
}

/** The roles for which no policy holds: those that store what they read. */
export function seeEverything({ roles }: Pick<AccessBook, 'roles'>): readonly string[] {
  return Object.keys(roles).filter((role) => roles[role]?.sees === 'everything');
}
