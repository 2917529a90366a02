import { ACCESS_CHANGES, ACCESS_EXTRAS, ACCESS_MISSING } from '../testing/access-drifts';
import { asDeclared, databases, facts, found, mended, ran, rows, type Drift } from '../testing/drifting';
import { OBJECT_CHANGES, OBJECT_EXTRAS, OBJECT_MISSING } from '../testing/object-drifts';
import { SHARE_CHANGES, SHARE_EXTRAS, SHARE_MISSING } from '../testing/share-drifts';
import { ASK_SHARES } from './found-shares';
import { ASK_OBJECTS } from './object-questions';
import { keyOf } from './facts';
import { ASK } from './questions';

const EXTRAS = [...ACCESS_EXTRAS, ...OBJECT_EXTRAS, ...SHARE_EXTRAS];
const DIFFERENT = [
  ...ACCESS_CHANGES,
  ...OBJECT_CHANGES,
  ...OBJECT_MISSING,
  ...SHARE_CHANGES,
  ...SHARE_MISSING,
];

/** In tens, since there are hundreds that are alike. */
function tens(drifts: readonly Drift[]): readonly (readonly Drift[])[] {
  return Array.from({ length: Math.ceil(drifts.length / 10) }, (_, at) =>
    drifts.slice(10 * at, 10 * at + 10),
  );
}

describe('a single drift', () => {
  it('is looked at in hundreds of ways, of every kind of fact', () => {
    expect(DIFFERENT.length).toBeGreaterThan(230);
    expect(ACCESS_MISSING.length).toBeGreaterThan(400);
    expect(EXTRAS.length).toBeGreaterThan(35);
    const missing = new Set([...ACCESS_MISSING, ...OBJECT_MISSING, ...SHARE_MISSING].map(({ what }) => what));
    expect(facts.filter((fact) => !missing.has(`missing ${keyOf(fact)}`))).toEqual([]);
  });

  it.each(EXTRAS.map((each) => [each.what, each] as const))(
    '%s takes the flag to be mended',
    (_, { done, severity }) => {
      const snapshot = done(asDeclared);
      const findings = found(snapshot);
      expect(findings.map(({ severity: told }) => told)).toEqual([severity]);
      expect(findings[0]).toMatchObject({ declared: null, destructive: true });
      expect(mended(snapshot, findings, false)).toEqual(snapshot);
      expect(found(mended(snapshot, findings, true))).toEqual([]);
    },
  );

  it('that is changed or missing is one finding of its severity, and is mended', () => {
    for (const { what, done, severity, follows = [] } of DIFFERENT) {
      const snapshot = done(asDeclared);
      const findings = found(snapshot);
      expect([what, findings.map(({ severity: told }) => told).sort()]).toEqual([
        what,
        [severity, ...follows].sort(),
      ]);
      expect(found(mended(snapshot, findings, true))).toEqual([]);
    }
  });

  it('of what roles may and what protects columns is one finding when it is missing, and is mended', () => {
    const [first = [], ...others] = tens(ACCESS_MISSING);
    for (const some of [...first.map((one) => [one]), first, ...others]) {
      const snapshot = some.reduce((state, { done }) => done(state), asDeclared);
      const findings = found(snapshot);
      const told = findings.map(({ severity, kind, object }) => `${severity} missing ${kind} ${object}`);
      const gone = some.map(({ severity, what }) => `${severity} ${what.trim()}`);
      expect(told.sort()).toEqual(gone.sort());
      expect(found(mended(snapshot, findings, true))).toEqual([]);
    }
  });

  it('tells a body that differs in white space alone from one that says something else', () => {
    const asked = ASK.policies('MASKING POLICY', databases);
    const spaced = rows(asked, (row) => ({
      ...row,
      POLICY_BODY: String(row.POLICY_BODY).replaceAll('\n', '\n  '),
    }));
    const shouted = rows(asked, (row) => ({
      ...row,
      POLICY_BODY: String(row.POLICY_BODY).replace("'TRANSFORMER'", "'transformer'"),
    }));
    expect(found(spaced(asDeclared))).toEqual([]);
    expect(found(shouted(asDeclared)).length).toBeGreaterThan(10);
  });

  it('of a policy with other arguments is not mended by altering it', () => {
    const asked = ASK.policies('MASKING POLICY', databases);
    const other = rows(asked, (row) =>
      row.POLICY_NAME === 'MASK_EMAIL' ? { ...row, POLICY_SIGNATURE: '(VALUE NUMBER)' } : row,
    );
    const [finding] = found(other(asDeclared));
    expect(finding).toMatchObject({ severity: 'critical', destructive: true });
    expect(finding?.statement).toMatch(/^CREATE OR REPLACE MASKING POLICY/);
  });

  it('is none where somebody does what is theirs to do', () => {
    const fine = [
      // A region that people gave to a role that is there; what dbt schedules; a key that goes without a second one.
      `INSERT INTO "BROOK_COMMERCE"."OPS"."REGION_ACCESS" ("ROLE_NAME", "REGION", "ADDED_BY") VALUES ('ANALYST_EMEA', 'NA', 'jo')`,
      'ALTER USER "API_SERVICE" UNSET RSA_PUBLIC_KEY_2',
    ].reduce((state, statement) => ran(statement)(state), asDeclared);
    const answers = {
      ...fine.answers,
      [ASK_SHARES.shares()]: [
        ...(fine.answers[ASK_SHARES.shares()] ?? []),
        { kind: 'INBOUND', name: 'ORG.OTHER.THEIRS', database_name: 'BROOK_COMMERCE', to: '' },
        { kind: 'OUTBOUND', name: 'ORG.BROOK.OTHERS', database_name: 'ELSEWHERE', to: 'PARTNER' },
      ],
      [ASK_OBJECTS.tasks('BROOK_COMMERCE.OPS')]: [
        ...(fine.answers[ASK_OBJECTS.tasks('BROOK_COMMERCE.OPS')] ?? []),
        {
          name: 'DBT_MADE',
          schedule: '60 MINUTE',
          definition: 'CALL x()',
          state: 'started',
          owner: 'TRANSFORMER',
        },
      ],
    };
    expect(found({ ...fine, answers })).toEqual([]);
  });
});
