import { declaredShares, shareName, type DeclaredShare, type OdcsDocument } from '@das/contracts';
import { constraintName } from '../compile/policy';
import { isKnownOfShares, readShares, type RenderedShare, type RenderedView } from '../rendered/read-shares';
import { withoutComments } from '../rendered/statements';
import { SHARED, sharedViewName } from '../shares/shared-view';
import { broken, type Broken } from './broken';

/** What would show more than a secure view, or let something else be shared. */
const OPENS = /\b(SECURE_OBJECTS_ONLY *= *FALSE|UNSET SECURE|SHARE_RESTRICTIONS *= *FALSE)\b/i;
/** Whatever names the table, however it is quoted, but for policies, which look into it. */
const OF_ACCESS = /\bSHARE_ACCESS\b/i;
const ROW = "\\('[^']*', '[^']*'\\)";
const SELECTED = `\\(SELECT COLUMN1 AS "ACCOUNT", COLUMN2 AS "REGION" FROM VALUES (${ROW}(?:, ${ROW})*)\\) AS declared`;
/** The one way in which rows come: those of contracts, each written out. */
const MERGES = new RegExp(`^MERGE INTO "(\\w+)"\\."OPS"\\."SHARE_ACCESS" AS kept USING ${SELECTED} ON `, 'i');
/** Gives no account a row. */
const GIVES_NOTHING =
  /^(?:(?:CREATE|ALTER) ROW ACCESS POLICY |DELETE FROM |CREATE TABLE IF NOT EXISTS "\w+"\."OPS"\."SHARE_ACCESS" \([^)]*\) COMMENT = ''$)/i;

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
    ...statements
      .filter((sql) => !isKnownOfShares(sql))
      .map((sql) => says(sql, 'has a form of which it is not known what it shows to whom')),
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
  return statements.map(withoutComments).flatMap((sql) => {
    if (!OF_ACCESS.test(sql) || GIVES_NOTHING.test(sql)) return [];
    const [, database, given] = MERGES.exec(sql) ?? [];
    if (database === undefined || given === undefined)
      return [broken('shared-as-declared', 'SHARE_ACCESS', `is written by ${sql.slice(0, 60)}…`)];
    const where = `${database}.OPS.SHARE_ACCESS`;
    const allowed = shares
      .filter((share) => share.database === database)
      .flatMap(({ account, regions }) => regions.map((region) => `${account} ${region}`));
    const rows = [...given.matchAll(/\('([^']*)', '([^']*)'\)/g)].map(
      ([, account, region]) => `${account} ${region}`,
    );
    return rows
      .filter((row) => !allowed.includes(row))
      .map((row) => broken('shared-as-declared', where, `shows rows that no contract gives: ${row}`));
  });
}
