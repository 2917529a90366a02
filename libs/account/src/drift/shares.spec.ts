import { account, asDeclared, found, mended, ran, rows } from '../testing/drifting';
import { withoutEnded } from './declared-shares';
import { ASK_SHARES } from './found-shares';
import type { Snapshot, SnapshotRow } from './snapshot';

const on = (day: string, snapshot: Snapshot = asDeclared): Snapshot => ({
  ...snapshot,
  recordedAt: `${day}T06:00:00Z`,
});

describe('a share that has ended', () => {
  it('is declared on its last day, and no more on the next', () => {
    expect(found(on('2027-05-31'))).toEqual([]);
    const findings = found(on('2027-06-01'));
    expect(findings.map(({ severity, kind, object }) => `${severity} ${kind} ${object}`).sort()).toEqual([
      'critical privilege SELECT TABLE BROOK_COMMERCE.SHARED.TAILWIND_ORDERS SHARE BROOK_COMMERCE_TAILWIND_ORDERS',
      'critical privilege USAGE SCHEMA BROOK_COMMERCE.SHARED SHARE BROOK_COMMERCE_TAILWIND_ORDERS',
      'critical reader TAILWIND_READER',
      'critical share BROOK_COMMERCE_TAILWIND_ORDERS BROOK_COMMERCE',
      'high mapping BROOK_COMMERCE.OPS.SHARE_ACCESS ZW67890 EMEA',
      'high mapping BROOK_COMMERCE.OPS.SHARE_ACCESS ZW67890 NA',
      'high shared view BROOK_COMMERCE.SHARED.TAILWIND_ORDERS',
    ]);
    expect(findings.find(({ kind }) => kind === 'share')).toMatchObject({
      found: 'ZW67890, ended on 2027-05-31',
      destructive: true,
      statement: 'REVOKE USAGE ON DATABASE "BROOK_COMMERCE" FROM SHARE "BROOK_COMMERCE_TAILWIND_ORDERS"',
    });
    expect(mended(on('2027-06-01'), findings, false)).toEqual(on('2027-06-01'));
    expect(found(mended(on('2027-06-01'), findings, true))).toEqual([]);
  });

  it('leaves those that have not', () => {
    expect(withoutEnded(account, '2027-06-01').shares.map(({ name }) => name)).toEqual(['NORTHWIND_ORDERS']);
    expect(withoutEnded(account, '2027-12-01').shares).toEqual([]);
  });

  it('leaves no row to an account that reads of another domain', () => {
    const [share] = account.shares;
    if (share === undefined) throw new Error('nothing is shared');
    const elsewhere = { ...share, database: 'BROOK_HEALTH', expires: '2028-12-31' };
    const both = { ...account, shares: [...account.shares, elsewhere] };
    const rows = withoutEnded(both, '2027-12-01').mappings.flatMap((mapping) =>
      mapping.addedBy === 'contracts' ? mapping.rows : [],
    );
    expect(rows).toEqual([]);
  });
});

it('tells which account is to be cut off, and asks for the flag: an account is taken away', () => {
  const given = ran('ALTER SHARE "BROOK_COMMERCE_NORTHWIND_ORDERS" ADD ACCOUNTS = QQ00000')(asDeclared);
  expect(found(given)).toEqual([
    expect.objectContaining({
      declared: 'XY12345',
      found: 'QQ00000, XY12345',
      severity: 'critical',
      destructive: true,
      statement: 'ALTER SHARE "BROOK_COMMERCE_NORTHWIND_ORDERS" SET ACCOUNTS = XY12345',
    }),
  ]);
});

it('tells of a listing that offers a share to whoever finds it, which no SQL about the share takes back', () => {
  const name = (row: SnapshotRow): string => String(row.name).split('.').at(-1) ?? '';
  const offered = rows(ASK_SHARES.shares(), (row) => ({
    ...row,
    listing_global_name: name(row) === 'BROOK_COMMERCE_NORTHWIND_ORDERS' ? 'GZ13Z1VEWNF' : '',
  }))(asDeclared);
  expect(found(offered)).toEqual([
    expect.objectContaining({
      severity: 'critical',
      declared: 'XY12345',
      found: 'XY12345, listing GZ13Z1VEWNF',
      destructive: false,
      statement: expect.stringMatching(
        /^-- BROOK_COMMERCE_NORTHWIND_ORDERS is offered by the listing GZ/,
      ) as unknown,
    }),
  ]);
});

it('is not mended by SQL where a reader account is at another locator than contracts say', () => {
  const elsewhere = rows(ASK_SHARES.readers(), (row) => ({ ...row, locator: 'QQ00000' }))(asDeclared);
  expect(found(elsewhere)).toEqual([
    expect.objectContaining({
      kind: 'reader',
      severity: 'critical',
      declared: 'ZW67890',
      found: 'QQ00000',
      destructive: false,
      statement:
        '-- TAILWIND_READER has the locator QQ00000: write it into das.shares, and have that approved',
    }),
  ]);
});

it('makes a reader account by a password that is in no file', () => {
  const gone = rows(ASK_SHARES.readers(), () => undefined)(asDeclared);
  expect(found(gone).map(({ statement }) => statement)).toEqual([
    expect.stringContaining("ADMIN_PASSWORD = '{{ tailwind_reader_secret }}'"),
  ]);
});
