import * as fc from 'fast-check';
import { ACCESS_CHANGES, ACCESS_EXTRAS, ACCESS_MISSING, held } from '../testing/access-drifts';
import {
  account,
  asDeclared,
  databases,
  declared,
  found,
  mended,
  ran,
  rows,
  user,
} from '../testing/drifting';
import { applyStatement } from '../testing/apply-statement';
import { OBJECT_CHANGES, OBJECT_EXTRAS, OBJECT_MISSING } from '../testing/object-drifts';
import { recordAccount } from '../testing/record-account';
import { SHARE_CHANGES, SHARE_EXTRAS, SHARE_MISSING } from '../testing/share-drifts';
import { drift } from './compare';
import { create } from './mend';
import { ASK } from './questions';
import type { Snapshot } from './snapshot';

const SINGLE = [
  ...ACCESS_EXTRAS,
  ...ACCESS_CHANGES,
  ...ACCESS_MISSING,
  ...OBJECT_EXTRAS,
  ...OBJECT_CHANGES,
  ...OBJECT_MISSING,
  ...SHARE_EXTRAS,
  ...SHARE_CHANGES,
  ...SHARE_MISSING,
];

describe('an account as it is declared', () => {
  it('has no drift, in either profile', () => {
    expect(found(asDeclared)).toEqual([]);
    expect(drift(account, 'development', recordAccount(account, 'development'))).toEqual([]);
  });

  it('has none with every domain either, and another domain’s policy is another one', () => {
    const all = declared();
    const every = recordAccount(all, 'production');
    expect(all.databases.length).toBeGreaterThan(1);
    expect(drift(all, 'production', every)).toEqual([]);
    const database = all.databases.at(-1)?.name ?? '';
    const weaker = applyStatement(
      all,
      every,
      `ALTER MASKING POLICY "${database}"."OPS"."MASK_NAME" SET BODY ->\n"VALUE"`,
    );
    const findings = drift(all, 'production', weaker);
    expect(findings.map(({ object }) => object)).toEqual([`${database}.OPS.MASK_NAME`]);
    const mended = applyStatement(all, weaker, findings[0]?.statement ?? '');
    expect(drift(all, 'production', mended)).toEqual([]);
  });

  it('differs from that of the other profile, where profiles do', () => {
    const kinds = drift(account, 'development', asDeclared).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['warehouse', 'policy', 'setting']));
  });

  it('is not asked for what dbt has not made yet', () => {
    const [database = ''] = databases;
    const before = rows(ASK.tables(database), ({ TABLE_SCHEMA, ...row }) =>
      TABLE_SCHEMA === 'GOLD' ? undefined : { TABLE_SCHEMA: TABLE_SCHEMA ?? null, ...row },
    );
    const missing = found(before(asDeclared)).filter(({ found }) => found === null);
    expect(missing).toEqual([]);
  });

  it('does not mind an emergency role that was given and written down', () => {
    const given = ran(create(held('BREAK_GLASS', user('JO'))).statement)(asDeclared);
    const asked = ASK.breakGlass(account.emergency.schema);
    const written = { ...given, answers: { ...given.answers, [asked]: [{ HOLDER: 'JO' }] } };
    expect(found(given)).toHaveLength(1);
    expect(found(written)).toEqual([]);
  });
});

describe('many drifts at once', () => {
  it('are found in one order, and mended, in any combination', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: SINGLE.length - 1 }), { minLength: 2, maxLength: 25 }),
        (picks) => {
          const snapshot = picks.reduce((state, pick) => SINGLE[pick]?.done(state) ?? state, asDeclared);
          const findings = found(snapshot);
          expect(findings.length).toBeGreaterThan(0);
          expect(found(shuffled(snapshot))).toEqual(findings);
          expect(found(mended(snapshot, findings, true))).toEqual([]);
        },
      ),
      { numRuns: 100, seed: 29 },
    );
  });
});

/** An account promises no order of what it answers. */
function shuffled(snapshot: Snapshot): Snapshot {
  const turned = Object.entries(snapshot.answers).map(([asked, answered]) => [
    asked,
    [...answered].reverse(),
  ]);
  return { ...snapshot, answers: Object.fromEntries(turned) as Snapshot['answers'] };
}
