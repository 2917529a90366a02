import { isPersonal, type AccessBook, type GovernedColumn, type GovernedTable } from '@das/contracts';
import { seeEverything } from '../compile/masking-policies';
import { baseType } from '../compile/sql-text';
import { listed, SEEN_OF } from './words';

/** What a role sees in production, and why. */
export interface Explanation {
  readonly role: string;
  readonly product: string;
  readonly table: string;
  /** Undefined: the table as a whole. */
  readonly column?: string | undefined;
  /** Of a table `reads`, unless it is denied. */
  readonly sees: 'denied' | 'reads' | 'clear' | 'masked' | 'nothing';
  readonly sentence: string;
}

/** Why a role of roles.yaml sees what it sees: of a column, or of the table as a whole. */
export function explainAccess(
  role: string,
  table: GovernedTable,
  column: GovernedColumn | undefined,
  access: AccessBook,
): Explanation {
  const of = { role, product: table.contract, table: table.name, column: column?.name };
  const denied = whyDenied(role, table, access);
  if (denied !== undefined)
    return { ...of, sees: 'denied', sentence: `${role} may not read ${table.name}: ${denied}.` };
  const rows = `of rows, ${rowsSeen(role, table, access)}`;
  if (column === undefined) {
    const sentence = `${role} reads ${table.name}: ${columnsSeen(role, table, access)}; ${rows}.`;
    return { ...of, sees: 'reads', sentence };
  }
  const { sees, what, why } = columnSeen(role, column, access);
  return { ...of, sees, sentence: `${role} sees ${what}: ${why}; ${rows}.` };
}

function whyDenied(role: string, table: GovernedTable, access: AccessBook): string | undefined {
  const free = seeEverything(access);
  if (free.includes(role)) return undefined;
  if (table.isInternal)
    return `it is a step on the way to ${table.contract}, and ${listed(free)} alone reads it`;
  if (table.readers.includes(role) && table.aggregation !== undefined)
    return `it is seen in groups alone, never a row of it (${table.aggregation.policy})`;
  if (table.readers.includes(role)) return undefined;
  return `the contract of ${table.contract} lets ${listed(table.readers)} read it, and nobody else`;
}

interface ColumnSeen {
  readonly sees: 'clear' | 'masked' | 'nothing';
  readonly what: string;
  readonly why: string;
}

function columnSeen(role: string, column: GovernedColumn, access: AccessBook): ColumnSeen {
  const { name, classification, kind, mask, projection } = column;
  const asItIs = `${name} as it is`;
  if (seeEverything(access).includes(role))
    return { sees: 'clear', what: asItIs, why: 'it stores what it reads, so no mask holds for it' };
  if (projection !== undefined)
    return {
      sees: 'nothing',
      what: `nothing of ${name}`,
      why: `it may be joined and filtered by, and not shown (${projection})`,
    };
  if (mask === undefined) {
    const why = isPersonal(column)
      ? `phi:${kind ?? 'unknown'} landed in a form that is its own mask`
      : `it is ${classification}, and no mask is on it`;
    return { sees: 'clear', what: asItIs, why };
  }
  const { form, clearFor } = mask;
  const isShown = access.masking.forms[form].types[baseType(column.type)] !== undefined;
  const masked = `${isShown ? (SEEN_OF[form] ?? 'nothing of') : 'nothing of'} ${name}`;
  const clear = clearFor.length === 0 ? 'clear for nobody' : `clear for ${listed(clearFor)} alone`;
  const why = `phi:${mask.kind} is masked as ${form} and ${clear}`;
  if (clearFor.includes(role))
    return { sees: 'clear', what: `${asItIs} in production, and elsewhere ${masked}`, why };
  return { sees: isShown ? 'masked' : 'nothing', what: masked, why };
}

function columnsSeen(role: string, { columns }: GovernedTable, access: AccessBook): string {
  const by = (sees: ColumnSeen['sees']): readonly string[] =>
    columns.filter((column) => columnSeen(role, column, access).sees === sees).map(({ name }) => name);
  const [clear, masked, nothing] = [by('clear'), by('masked'), by('nothing')];
  return [
    clear.length === columns.length
      ? 'every column as it is'
      : `${clear.length} of ${columns.length} columns as they are`,
    ...(masked.length === 0 ? [] : [`masked ${listed(masked)}`]),
    ...(nothing.length === 0 ? [] : [`nothing of ${listed(nothing)}`]),
  ].join(', ');
}

function rowsSeen(role: string, { rowAccess }: GovernedTable, access: AccessBook): string {
  if (seeEverything(access).includes(role) || rowAccess === undefined) return 'all';
  const { policy, columns } = rowAccess;
  const template = access.rowAccess.policies[policy];
  if (policy !== 'region')
    return `those that ROWS_BY_${policy.toUpperCase()} lets it see (${template?.description ?? ''})`;
  const regions = access.roles[role]?.regions ?? [];
  if (regions.includes('*')) return 'all';
  if (regions.length === 0) return 'none, since no region was given to it';
  return `those whose ${columns.join(', ')} is ${listed(regions, 'or')}`;
}
