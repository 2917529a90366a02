import { isPersonal, type AccessBook, type DeclaredShare, type GovernedColumn } from '@das/contracts';
import { baseType } from '../compile/sql-text';
import { listed, SEEN_OF } from './words';

/** What an account outside sees of a column, and why. Stable: fields are only added. */
export interface SharedColumn {
  readonly column: string;
  readonly classification: string;
  readonly sees: 'clear' | 'masked' | 'nothing';
  readonly sentence: string;
}

/** Why whoever has a share sees what they see: of each of its columns, in any environment. */
export function explainShare(share: DeclaredShare, access: AccessBook): readonly SharedColumn[] {
  const who = share.account ?? share.reader?.name ?? 'nobody';
  return share.columns.flatMap((name) => {
    const column = share.table.columns.find((one) => one.name === name);
    if (column === undefined) return [];
    const { sees, what, why } = seen(column, access);
    const { classification } = column;
    return [
      { column: name, classification, sees, sentence: `${who} sees ${what}: ${why}; ${rowsOf(share)}.` },
    ];
  });
}

/** No role of ours is in a session of another account: nothing that is clear for roles is clear there. */
function seen(
  { name, type, classification, mask, ...column }: GovernedColumn,
  access: AccessBook,
): { readonly sees: SharedColumn['sees']; readonly what: string; readonly why: string } {
  if (mask === undefined || !isPersonal({ classification, ...column }))
    return { sees: 'clear', what: `${name} as it is`, why: `it is ${classification}` };
  const shows = access.masking.forms[mask.form].types[baseType(type)] !== undefined;
  const why = `phi:${mask.kind} is masked as ${mask.form}, and clear for no account outside`;
  return shows
    ? { sees: 'masked', what: `${SEEN_OF[mask.form] ?? 'nothing of'} ${name}`, why }
    : { sees: 'nothing', what: `nothing of ${name}`, why };
}

function rowsOf({ regions, expires, table: { rowAccess, aggregation } }: DeclaredShare): string {
  const by = rowAccess?.columns.join(', ') ?? '';
  const rows = regions.includes('*') ? 'all' : `those whose ${by} is ${listed(regions, 'or')}`;
  const groups = aggregation === undefined ? '' : `, in groups alone (${aggregation.policy})`;
  return `of rows, ${rows}${groups}, until ${expires}`;
}
