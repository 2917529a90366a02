import type { OdcsDocument } from '@das/contracts';
import { DB, deployed, policy, wheres } from '../testing/deployed';
import { brokenInvariants, type Deployment } from './check-invariants';

type OdcsTable = OdcsDocument['schema'][number];

/** A table whose device only joins, and which is seen in groups alone. */
function withConstraints(table: OdcsTable): OdcsTable {
  const aggregation = { policy: 'small_cells', entity: ['customer_id'] };
  const projection = { property: 'das.projection', value: 'joins_only' };
  return {
    ...table,
    customProperties: [
      ...(table.customProperties ?? []),
      { property: 'das.aggregation', value: aggregation },
    ],
    properties: table.properties.map((column) =>
      column.name === 'device'
        ? { ...column, customProperties: [...(column.customProperties ?? []), projection] }
        : column,
    ),
  };
}

describe('a constraint', () => {
  const bodyOf = (name: string) => new RegExp(`^(ALTER \\w+ POLICY ${policy(name)} SET BODY -> )(.*)`);

  it.each<[what: string, name: string, from: RegExp | string, to: string]>([
    ['does not hold', 'PROJECT_JOINS_ONLY', 'allow => false', 'allow => true'],
    ['does not hold of a reader', 'PROJECT_JOINS_ONLY', "'TRANSFORMER'", "'DATA_API'"],
    [
      'does not hold of a reader beside who refreshes',
      'AGGREGATE_SMALL_CELLS',
      /is_role_in_session\('TRANSFORMER'\)/,
      "is_role_in_session('TRANSFORMER') or is_role_in_session('DATA_API')",
    ],
    ['shows small groups', 'AGGREGATE_SMALL_CELLS', '=> 11', '=> 10'],
    ['is no case', 'AGGREGATE_SMALL_CELLS', / -> .*/, ' -> no_aggregation_constraint()'],
  ])('%s', (_, name, from, to) => {
    const account = deployed.account.map((sql) => (bodyOf(name).test(sql) ? sql.replace(from, to) : sql));
    expect(account).not.toEqual(deployed.account);
    expect(wheres(brokenInvariants({ ...deployed, account }), 'constraint-holds')).toContain(
      `${DB}.OPS.${name}`,
    );
  });

  const constrained: Deployment = {
    ...deployed,
    documents: deployed.documents.map((document) =>
      document.name === 'sessions' ? { ...document, schema: document.schema.map(withConstraints) } : document,
    ),
  };
  const attached = deployed.files.map((text) =>
    text.includes(`dynamic table "${DB}"."GOLD"."SESSIONS" (`)
      ? text
          .replace(
            /(ON \("REGION"\))/,
            `$1 WITH AGGREGATION POLICY ${policy('AGGREGATE_SMALL_CELLS')} ENTITY KEY ("CUSTOMER_ID")`,
          )
          .replace(/("DEVICE" VARCHAR)/, `$1 WITH PROJECTION POLICY ${policy('PROJECT_JOINS_ONLY')}`)
      : text,
  );

  it('is on what its contract says', () => {
    expect(brokenInvariants({ ...constrained, files: attached })).toEqual([]);
    expect(wheres(brokenInvariants(constrained), 'personal-is-masked')).toEqual([
      `${DB}.GOLD.SESSIONS.DEVICE`,
      `${DB}.GOLD.SESSIONS`,
    ]);
    const rows = attached.map((text) => text.replace(' ENTITY KEY ("CUSTOMER_ID")', ''));
    expect(wheres(brokenInvariants({ ...constrained, files: rows }), 'personal-is-masked')).toEqual([
      `${DB}.GOLD.SESSIONS`,
    ]);
  });
});
