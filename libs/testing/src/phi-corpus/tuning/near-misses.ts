import type { Random } from '../../events/random';
import { family, keyed, type Family } from '../corpus-case';
import { between, digits, failingCard, hex, letters, ssn, wholeNumber } from '../numbers';

const date = (r: Random): string => `20${between(r, 15, 27)}-${between(r, 1, 12, 2)}-${between(r, 1, 28, 2)}`;

export const NEAR_MISSES: readonly Family[] = [
  family('orders', 120, [], (r) =>
    r.pick([
      `ord_${digits(r, 12)}`,
      `Order #${wholeNumber(r, 8)}`,
      `order no. ${digits(r, 3)}-${digits(r, 3)}-${digits(r, 4)}`,
      `order ${digits(r, 10)}`,
      `Rechnung ${between(r, 2019, 2026)}-${digits(r, 6)}`,
      `facture ${digits(r, 10)}`,
      `ticket ${digits(r, 7)}`,
      `cus_${digits(r, 8)}`,
      `ses_${digits(r, 12)}`,
      `Auftrag ${digits(r, 4)}/${digits(r, 5)}`,
      `case ${digits(r, 8)} closed`,
    ]),
  ),
  family('tracking', 50, [], (r) =>
    r.pick([
      `1Z999AA1${digits(r, 10)}`,
      `tracking number ${digits(r, 12)}`,
      digits(r, 22),
      `LX${digits(r, 9)}JP`,
      `DHL ${digits(r, 10)}`,
    ]),
  ),
  family('hashes, uuids', 100, [], (r) =>
    r.pick([
      r.uuid(),
      hex(r, 32),
      hex(r, 40),
      `md5 ${hex(r, 32)}`,
      `00-${hex(r, 32)}-${hex(r, 16)}-01`,
      `tok.k1.${Buffer.from(hex(r, 64), 'hex').toString('base64url')}`,
      `vendor=${hex(r, 16)}`,
      `0x${hex(r, 12)}`,
    ]),
  ),
  family('prices', 70, [], (r) =>
    r.pick([
      `$${between(r, 1, 999)}.${digits(r, 2)}`,
      `EUR ${between(r, 1, 999)}.${digits(r, 3)},${digits(r, 2)}`,
      `${between(r, 100, 999)},${digits(r, 3)},${digits(r, 3)}`,
      `£${wholeNumber(r, 4)}.${digits(r, 2)} incl. VAT`,
      `${wholeNumber(r, 9)} JPY`,
      `${between(r, 1, 9)} ${digits(r, 3)},${digits(r, 2)} €`,
    ]),
  ),
  family('times', 90, [], (r) =>
    r.pick([
      `${date(r)}T10:15:30Z`,
      `${date(r)} 10:15:30.123`,
      `17${digits(r, 8)}`,
      `17${digits(r, 11)}`,
      `${date(r)}T08:00:00+02:00`,
      `due ${date(r)}`,
      `created ${between(r, 1, 28, 2)}.${between(r, 1, 12, 2)}.2025`,
      `${between(r, 0, 23, 2)}:${between(r, 0, 59, 2)}`,
      `from ${date(r)} to ${date(r)}`,
      `Lieferung am 3. Mai 2026`,
    ]),
  ),
  family('machines', 70, [], (r) =>
    r.pick([
      `203.0.113.${between(r, 1, 254)}`,
      `http://192.0.2.${between(r, 1, 254)}:8080/health`,
      `fe80::${hex(r, 4)}:${hex(r, 4)}`,
      `v${between(r, 1, 9)}.${between(r, 0, 99)}.${between(r, 0, 999)}`,
      `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${between(r, 100, 140)}.0.0.0 Safari/537.36`,
      `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148`,
      `kernel 6.${between(r, 1, 12)}.${between(r, 0, 90)}-amd64 #1 SMP Debian`,
      `node ${between(r, 18, 24)}.${between(r, 0, 20)}.${between(r, 0, 9)}`,
      `48.${digits(r, 5)}, 2.${digits(r, 5)}`,
      `-33.${digits(r, 6)} 151.${digits(r, 6)}`,
    ]),
  ),
  family('accounts, books', 60, [], (r) =>
    r.pick([
      `DE${digits(r, 2)} ${digits(r, 4)} ${digits(r, 4)} ${digits(r, 4)} ${digits(r, 4)} ${digits(r, 2)}`,
      `IBAN NL${digits(r, 2)}TEST${digits(r, 10)}`,
      `ISBN ${digits(r, 9)}X`,
      `ISBN-13: 978${digits(r, 10)}`,
      digits(r, 13),
      `account ${wholeNumber(r, 9)}`,
      `USt-IdNr. DE${digits(r, 9)}`,
    ]),
  ),
  family('cards and SSNs that are none', 70, [], (r) => {
    const [area, group, serial] = ssn(r);
    const number = failingCard(r);
    return r.pick([
      number,
      `card? ${(number.match(/.{4}/g) ?? []).join(' ')}`,
      `000-${group}-${serial}`,
      `666-${group}-${serial}`,
      `${area}-00-${serial}`,
      `${area}-${group}-0000`,
      `9${area.slice(1)}-4${group.slice(1)}-${serial}`,
      `A${area}-${group}-${serial}`,
      `${area}-${group}-${serial}-${digits(r, 2)}`,
    ]);
  }),
  family('articles', 70, [], (r) =>
    r.pick([
      `SKU-${wholeNumber(r, 5)}`,
      `${letters(r, 2)}${digits(r, 6)}`,
      `Artikel ${digits(r, 3)}.${digits(r, 3)}.${digits(r, 2)}`,
      `part no ${digits(r, 3)}-${digits(r, 4)}`,
      `WELCOME10`,
      `serial ${digits(r, 12)}`,
      `batch ${digits(r, 8)}-${letters(r, 1)}`,
      `LOYAL${digits(r, 4)}`,
    ]),
  ),
  family('prose and logs', 90, [], (r) =>
    r.pick([
      `Customer asked twice about ${between(r, 2, 9)} parcels.`,
      `retry ${between(r, 1, 9)} of 10 in ${between(r, 100, 900)} ms`,
      `bitte vor ${between(r, 8, 20)} Uhr liefern`,
      `phone support is open 24/7`,
      `call me maybe`,
      `the patient id is missing`,
      `born ready`,
      `DOB unknown`,
      `no SSN on file`,
      `offset=${wholeNumber(r, 9)} partition=${between(r, 0, 5)}`,
      `ERROR 500 at 0x${hex(r, 8)} thread ${between(r, 1, 400)}`,
      `twitter @example`,
      `npm i lodash@4.17.${between(r, 1, 21)}`,
      `icon@3x.png`,
      `${between(r, 10, 99)} x ${between(r, 100, 999)} x ${between(r, 1000, 9999)} mm`,
      `1 2 3 4 5 6 7 8 9 10 11 12`,
    ]),
  ),
  keyed(
    'named values',
    60,
    [],
    ['id', 'order_id', 'amount', 'timestamp', 'hash', 'code', 'count'],
    (r) => wholeNumber(r, 10),
    (r) => wholeNumber(r, 9),
    (r) => date(r),
    (r) => `${digits(r, 3)}-${digits(r, 4)}`,
  ),
];
