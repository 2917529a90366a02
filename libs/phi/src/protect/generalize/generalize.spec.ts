import fc from 'fast-check';
import { generalizerOf } from './generalize';

const NOW = Date.UTC(2026, 5, 1);

describe('generalize', () => {
  it.each([
    ['date_of_birth', '1984-03-02', '1984'],
    ['date_of_birth', '1984-03-02T10:00:00Z', '1984'],
    ['date_of_birth', '1984', '1984'],
    ['date_of_birth', '1984-03', '1984'],
    ['date_of_birth', '19840302', '1984'],
    ['date_of_birth', '3/2/1984', '1984'],
    ['date_of_birth', ' 02.03.1984 ', '1984'],
    ['date_of_birth', '1937-12-31', '1937'],
    ['date_of_birth', '1936-12-31', '90+'],
    ['date_of_birth', '1890-01-01', '90+'],
    ['date_of_birth', '2026-06-01', '2026'],
    ['date_of_birth', '2027-01-01', undefined],
    ['date_of_birth', '1984-13-02', undefined],
    ['date_of_birth', '84-03-02', undefined],
    ['date_of_birth', 'in March 1984', undefined],
    ['postal_code', '02139', '021'],
    ['postal_code', '94110-1234', '941'],
    ['postal_code', '941101234', '941'],
    ['postal_code', '10203', '000'],
    ['postal_code', '06390', '000'],
    ['postal_code', '36901', '000'],
    ['postal_code', '77201', '000'],
    ['postal_code', 'SW1A 1AA', undefined],
    ['postal_code', '2139', undefined],
    ['ip', '203.0.113.7', '203.0.113.0/24'],
    ['ip', '2001:db8:85a3::8a2e:370:7334', '2001:db8:85a3::/48'],
    ['ip', '2001:DB8:0:1::1', '2001:db8::/48'],
    ['ip', '2001:db8:0a:b:c:d:e:f', '2001:db8:a::/48'],
    ['ip', '0:0:7::1', '0:0:7::/48'],
    ['ip', '::1', '::/48'],
    ['ip', 'fe80::1%eth0', 'fe80::/48'],
    ['ip', '::ffff:203.0.113.7', '203.0.113.0/24'],
    ['ip', '::ffff:cb00:7107', '203.0.113.0/24'],
    ['ip', '64:ff9b::203.0.113.7', '64:ff9b::/48'],
    ['ip', '203.0.113.7:443', undefined],
    ['ip', '203.0.113', undefined],
    ['ip', 'localhost', undefined],
    ['diagnosis', 'E11.9', 'E00-E89'],
    ['diagnosis', 'e119', 'E00-E89'],
    ['diagnosis', 'I10', 'I00-I99'],
    ['diagnosis', 'D49.9', 'C00-D49'],
    ['diagnosis', 'D50', 'D50-D89'],
    ['diagnosis', 'C4A.0', 'C00-D49'],
    ['diagnosis', 'O9A.2', 'O00-O9A'],
    ['diagnosis', 'H60.1', 'H60-H95'],
    ['diagnosis', 'S72.001A', 'S00-T88'],
    ['diagnosis', 'U07.1', 'U00-U85'],
    ['diagnosis', 'F00', undefined],
    ['diagnosis', 'diabetes', undefined],
    ['procedure', '71046', 'cpt:radiology'],
    ['procedure', '99213', 'cpt:evaluation'],
    ['procedure', '00100', 'cpt:anesthesia'],
    ['procedure', '99605', 'cpt:medicine'],
    ['procedure', '0001U', 'cpt:laboratory'],
    ['procedure', '2000F', 'cpt:category-2'],
    ['procedure', 'j1885', 'hcpcs:J'],
    ['procedure', '0DTJ4ZZ', 'icd-10-pcs:0'],
    ['procedure', 'GZB4ZZZ', 'icd-10-pcs:G'],
    ['procedure', '02000', undefined],
    ['procedure', '0DTJ4ZO', undefined],
  ] as const)('makes of %s %s: %s', (kind, text, expected) => {
    expect(generalizerOf(kind)(text, NOW)).toBe(expected);
  });

  it('counts an age as over 89 as soon as some time zone has that year', () => {
    const year = generalizerOf('date_of_birth');
    expect(year('1937-06-01', Date.UTC(2026, 11, 31, 9))).toBe('1937');
    expect(year('1937-06-01', Date.UTC(2026, 11, 31, 11))).toBe('90+');
  });

  it('says of random text nothing but a short code', () => {
    for (const kind of ['date_of_birth', 'postal_code', 'ip', 'diagnosis', 'procedure'] as const) {
      fc.assert(
        fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (text) => {
          expect(generalizerOf(kind)(text, NOW) ?? '').toMatch(/^[0-9A-Za-z.:/+-]{0,20}$/);
        }),
      );
    }
  });

  it.each(['email', 'phone', 'name', 'identifier', 'address', 'free_text', 'card'] as const)(
    'knows no coarser form of %s',
    (kind) => {
      expect(() => generalizerOf(kind)).toThrow('no coarser form');
    },
  );
});
