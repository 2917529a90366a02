import { declaredShares, shareName, type DeclaredShare, type OdcsDocument } from '@das/contracts';
import { identifier, literal } from '../compile/sql-text';
import type { Shown } from '../expectations/compare';
import type { TableExpectations } from '../expectations/expectation-file';
import { accountsAsked } from '../expectations/show-shares';
import { sharedViewName, TODAY } from '../shares/shared-view';
import { asJson, attachments, byAsker, inSession, isFree, type Attached, type Session } from './in-session';
import { literalRows } from './literal-rows';
import type { RenderedShares, RenderedView } from './read-shares';
import type { Ask, Rendered } from './show-rendered';

type Asker = Session & { readonly role: null };

/**
 * What the rendered views show accounts outside of the rows that the expectations name: the bodies that are attached to the table are
 * evaluated as in a session that has none of our roles. The mapping tables must be where `ask` is answered.
 * @param today - `YYYY-MM-DD`, in UTC; unless said, the last day of each share
 */
export async function showRenderedShares(
  {
    documents,
    expected,
  }: { readonly documents: readonly OdcsDocument[]; readonly expected: readonly TableExpectations[] },
  rendered: Rendered & { readonly shares: RenderedShares },
  ask: Ask,
  today?: string,
): Promise<readonly Shown[]> {
  const shares = declaredShares(documents);
  const shown: Shown[] = [];
  for (const one of expected) {
    const share = shares.find(({ name }) => name === one.table.toUpperCase());
    if (share === undefined) continue;
    const view = rendered.shares.views.get(sharedViewName(share));
    const given = rendered.shares.shares.get(shareName(share));
    const asked = accountsAsked(shares, one).flatMap((account) =>
      (['production', 'development'] as const).map((environment): Asker => ({
        role: null,
        account,
        environment,
      })),
    );
    const isGiven = given?.grants.includes(`SELECT VIEW ${sharedViewName(share)}`) === true;
    const reading =
      view === undefined || !isGiven ? [] : asked.filter(({ account }) => given.accounts.includes(account));
    const attached = attachments(share.table, rendered);
    const answers = byAsker(
      await ask(question(share, one.rows, { view, attached, reading, today: today ?? share.expires })),
    );
    for (const asker of asked) {
      const { account, environment } = asker;
      const rows = answers.get(keyOf(asker)) ?? new Map<string, never>();
      const refused = !reading.includes(asker) || (attached.groups !== undefined && rows.size === 0);
      const clear = answers.get('clear') ?? new Map<string, never>();
      shown.push({ table: one.table, role: account, environment, clear, rows: refused ? undefined : rows });
    }
  }
  return shown;
}

function keyOf({ account, environment }: Asker): string {
  return `${environment}/${account}`;
}

/** One statement for all accounts that have the share: who asks, the class of the row, and the view's columns as JSON. */
function question(
  { table, columns }: DeclaredShare,
  rows: TableExpectations['rows'],
  {
    view,
    attached,
    reading,
    today,
  }: {
    readonly view: RenderedView | undefined;
    readonly attached: Attached;
    readonly reading: readonly Asker[];
    readonly today: string;
  },
): string {
  const clear = `select 'clear' as asker, ROW_CLASS, ${asJson(columns.map((name) => [name, identifier(name)]))} as seen from literal_rows`;
  const arms = reading.map((asker) => {
    const values = (view?.selects ?? []).map((name, index): readonly [string, string] => {
      const [mask, projection] = [attached.masks.get(name), attached.projections.get(name)];
      const value = mask === undefined ? identifier(name) : inSession(mask, [name], asker);
      const shown =
        projection === undefined ? value : `case when ${isFree(projection, asker)} then ${value} end`;
      return [view?.columns[index] ?? name, shown];
    });
    const conditions = [
      ...(attached.rows === undefined ? [] : [inSession(attached.rows.policy, attached.rows.columns, asker)]),
      ...(attached.groups === undefined ? [] : [isFree(attached.groups, asker)]),
      (view?.where ?? '').replace(TODAY.snowflake, `${literal(today)}::DATE`) || 'true',
    ];
    return `select ${literal(keyOf(asker))} as asker, ROW_CLASS, ${asJson(values)} as seen from literal_rows where (${conditions.join(') and (')})`;
  });
  return `with literal_rows as (${literalRows(table, rows)})\n${[clear, ...arms].join('\nunion all\n')}`;
}
