import { declaredShares, shareName, type DeclaredShare, type OdcsDocument } from '@das/contracts';
import { constraintName } from '../compile/policy';
import { readShares, type RenderedShare, type RenderedView } from '../rendered/read-shares';
import { SHARED, sharedViewName } from '../shares/shared-view';
import { broken, type Broken } from './broken';

/** What would show more than a secure view, or let something else be shared. */
const OPENS = /\b(SECURE_OBJECTS_ONLY *= *FALSE|UNSET SECURE|SHARE_RESTRICTIONS *= *FALSE)\b/i;
const ACCESS_ROWS = /^(?:MERGE INTO|INSERT INTO|UPDATE) "(\w+)"\."OPS"\."SHARE_ACCESS"/i;

/** What accounts outside are given, and what of it no contract says, or says otherwise. */
export function shareFaults(
  statements: readonly string[],
  documents: readonly OdcsDocument[],
): readonly Broken[] {
  const declared = declaredShares(documents);
  const { views, shares } = readShares(statements);
  const says = (where: string, what: string): Broken => broken('shared-as-declared', where, what);
  const ours = new Map(declared.map((share) => [shareName(share), share]));
  return [
    ...statements.filter((sql) => OPENS.test(sql)).map((sql) => says(sql, 'shares what is not secure')),
    ...declared
      .filter((share) => !shares.has(shareName(share)))
      .map((share) => says(shareName(share), 'is not made')),
    ...[...shares.values()].flatMap((share) => {
      const own = ours.get(share.name);
      if (own === undefined) return [says(share.name, 'is in no contract')];
      return contentFaults(share, own).map((what) => says(share.name, what));
    }),
    ...[...views.values()]
      .filter(({ name }) => name.split('.')[1] === SHARED)
      .flatMap((view) => {
        const own = declared.find((share) => sharedViewName(share) === view.name);
        if (own === undefined) return [says(view.name, 'is in no contract')];
        return viewFaults(view, own).map((what) => says(view.name, what));
      }),
    ...declared
      .filter((share) => !views.has(sharedViewName(share)))
      .map((share) => says(sharedViewName(share), 'is not made')),
    ...accessFaults(statements, declared),
  ];
}

function contentFaults({ grants, accounts }: RenderedShare, share: DeclaredShare): readonly string[] {
  const wanted = [
    `USAGE DATABASE ${share.database}`,
    `USAGE SCHEMA ${share.database}.${SHARED}`,
    `SELECT VIEW ${sharedViewName(share)}`,
  ];
  const allowed = share.account === undefined ? [] : [share.account];
  return [
    ...grants.filter((grant) => !wanted.includes(grant)).map((grant) => `is granted ${grant}`),
    ...wanted.filter((grant) => !grants.includes(grant)).map((grant) => `lacks ${grant}`),
    ...accounts.filter((account) => !allowed.includes(account)).map((account) => `is read by ${account}`),
    ...allowed.filter((account) => !accounts.includes(account)).map((account) => `is not read by ${account}`),
  ];
}

function viewFaults(view: RenderedView, share: DeclaredShare): readonly string[] {
  const { table, columns, expires } = share;
  const aggregation = table.aggregation && constraintName('aggregation', table.aggregation.policy);
  return [
    ...(view.isSecure ? [] : ['is not secure']),
    ...view.columns.filter((column) => !columns.includes(column)).map((column) => `shows ${column}`),
    ...(view.selects.join() === view.columns.join() ? [] : ['shows under a name what has another one']),
    ...(view.of === `${share.database}.${table.tier}.${table.name}` ? [] : [`reads ${view.of}`]),
    // The whole condition: what is joined to it by OR would hold for ever.
    ...(view.where === `SYSDATE()::DATE <= '${expires}'::DATE` ? [] : [`does not end with ${expires}`]),
    ...(view.aggregation?.split('.').at(-1) === aggregation ? [] : ['is not held to groups as its table is']),
  ];
}

/** Which account sees which region is merged from contracts, and written by nothing else. */
function accessFaults(statements: readonly string[], shares: readonly DeclaredShare[]): readonly Broken[] {
  return statements.flatMap((sql) => {
    const database = ACCESS_ROWS.exec(sql)?.[1];
    if (database === undefined) return [];
    const where = `${database}.OPS.SHARE_ACCESS`;
    const allowed = shares
      .filter((share) => share.database === database)
      .flatMap(({ account, regions }) => regions.map((region) => `${account} ${region}`));
    const rows = [...sql.matchAll(/\('([^']*)', '([^']*)'\)/g)].map(
      ([, account, region]) => `${account} ${region}`,
    );
    return [
      ...(sql.startsWith('MERGE')
        ? []
        : [broken('shared-as-declared', where, `is written by ${sql.slice(0, 60)}…`)]),
      ...rows
        .filter((row) => !allowed.includes(row))
        .map((row) => broken('shared-as-declared', where, `shows rows that no contract gives: ${row}`)),
    ];
  });
}
