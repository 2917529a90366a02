import type { Random } from '../../events/random';
import { family, keyed, type Family } from '../corpus-case';
import { between, digits, failingCard, hex, letters, ssn, surname, wholeNumber } from '../numbers';

const four = (number: string, separator: string): string => (number.match(/.{4}/g) ?? []).join(separator);
const date = (r: Random): string => `20${between(r, 10, 26)}-${between(r, 1, 12, 2)}-${between(r, 1, 28, 2)}`;
const time = (r: Random): string => `${between(r, 0, 23, 2)}:${between(r, 0, 59, 2)}:${between(r, 0, 59, 2)}`;
const none = (name: string, count: number, ...texts: readonly ((r: Random) => string)[]): Family =>
  family(name, count, [], ...texts);

export const NEAR_MISSES_HELD_OUT: readonly Family[] = [
  none('order and invoice numbers', 70, (r) =>
    r.pick([
      `Invoice INV-${digits(r, 4)}-${digits(r, 6)} is overdue`,
      `order ${wholeNumber(r, 10)} shipped`,
      `Bestellung Nr. ${digits(r, 3)}-${digits(r, 7)}-${digits(r, 7)}`,
      `commande n° ${wholeNumber(r, 9)}`,
      `pedido #${wholeNumber(r, 8)} entregado`,
      `PO ${digits(r, 5)}/${digits(r, 4)}`,
      `注文番号 ${digits(r, 3)}-${digits(r, 7)}`,
      `RMA-${digits(r, 10)}`,
    ]),
  ),
  none('tracking numbers', 40, (r) =>
    r.pick([
      `1Z${letters(r, 3)}${digits(r, 13)}`,
      `JD01${digits(r, 16)}`,
      `tracking 9400 1${digits(r, 3)} ${digits(r, 4)} ${digits(r, 4)} ${digits(r, 4)} ${digits(r, 2)}`,
      `R${letters(r, 1)}${digits(r, 9)}DE`,
      `Sendungsnummer 0034${digits(r, 16)}`,
    ]),
  ),
  none('hashes and ids', 60, (r) =>
    r.pick([
      `commit ${hex(r, 40)}`,
      `sha256:${hex(r, 64)}`,
      `etag "${hex(r, 32)}"`,
      r.uuid(),
      `request ${r.uuid()} took ${between(r, 1, 999)} ms`,
      `arn:aws:s3:::bucket-${digits(r, 12)}`,
      `${hex(r, 8)}.${hex(r, 8)}`,
      hex(r, 24),
    ]),
  ),
  none('digits-only hashes and ids', 20, (r) =>
    r.pick([`trace ${digits(r, 32)}`, `id=${digits(r, 20)}`, `snowflake ${wholeNumber(r, 18)}`]),
  ),
  none('prices and amounts', 50, (r) =>
    r.pick([
      `Total: $${between(r, 1, 999)},${digits(r, 3)},${digits(r, 3)}.${digits(r, 2)}`,
      `${between(r, 1, 99)}.${digits(r, 3)}.${digits(r, 3)},${digits(r, 2)} €`,
      `¥${wholeNumber(r, 7)}`,
      `${wholeNumber(r, 3)} ${digits(r, 3)} ${digits(r, 3)} kr`,
      `R$ ${between(r, 1, 999)}.${digits(r, 3)},${digits(r, 2)}`,
      `USD ${wholeNumber(r, 9)}`,
    ]),
  ),
  none('time stamps', 60, (r) =>
    r.pick([
      `${date(r)}T${time(r)}.${digits(r, 6)}Z`,
      `${date(r)} ${time(r)},${digits(r, 3)} INFO started`,
      `1${between(r, 5, 7)}${digits(r, 8)}`,
      `ts=1${between(r, 5, 7)}${digits(r, 11)}`,
      `${date(r).replaceAll('-', '')}${time(r).replaceAll(':', '')}`,
      `[${between(r, 1, 28, 2)}/Nov/2026:${time(r)} +0100]`,
      `${between(r, 1, 12, 2)}/${between(r, 1, 28, 2)}/2026 ${time(r)}`,
    ]),
  ),
  none('dates that are nobody’s birth', 60, (r) =>
    r.pick([
      `delivered on ${date(r)}`,
      `Termin am ${between(r, 1, 28)}.${between(r, 1, 12)}.2026`,
      `valable jusqu'au ${between(r, 1, 28, 2)}/${between(r, 1, 12, 2)}/2027`,
      `fecha de entrega: ${between(r, 1, 28, 2)}/${between(r, 1, 12, 2)}/2026`,
      `data de emissão ${between(r, 1, 28, 2)}/${between(r, 1, 12, 2)}/2025`,
      `発送日：2026年${between(r, 1, 12)}月${between(r, 1, 28)}日`,
      `visit on November ${between(r, 1, 28)}, 2026`,
      `born to lead since 1987; next audit ${date(r)}`,
      `newborn screening kits, batch of ${date(r)}`,
    ]),
  ),
  none('addresses of machines', 40, (r) =>
    r.pick([
      `from 203.0.113.${between(r, 1, 254)} port ${between(r, 1024, 65000)}`,
      `198.51.100.${between(r, 1, 254)}:443`,
      `2001:db8:${hex(r, 4)}:${hex(r, 4)}::${hex(r, 4)}`,
      `MAC 00:00:5e:00:53:${hex(r, 2)}`,
      `10.${between(r, 0, 255)}.${between(r, 0, 255)}.0/24`,
    ]),
  ),
  none('coordinates', 30, (r) =>
    r.pick([
      `${between(r, 10, 89)}.${digits(r, 6)},-${between(r, 100, 179)}.${digits(r, 6)}`,
      `geo:${between(r, 10, 89)}.${digits(r, 5)},${between(r, 10, 99)}.${digits(r, 5)}`,
      `N ${between(r, 10, 89)}° ${between(r, 10, 59)}.${digits(r, 3)} W ${between(r, 100, 179)}° ${between(r, 10, 59)}.${digits(r, 3)}`,
    ]),
  ),
  none('versions', 40, (r) =>
    r.pick([
      `v${between(r, 1, 20)}.${between(r, 0, 40)}.${between(r, 0, 99)}-rc.${between(r, 1, 9)}`,
      `Chrome/${between(r, 90, 140)}.0.${between(r, 1000, 9999)}.${between(r, 10, 250)} Safari/537.36`,
      `react-dom@${between(r, 16, 19)}.${between(r, 0, 9)}.0`,
      `@types/node@20.19.${between(r, 1, 60)}`,
      `openssl 3.0.${between(r, 1, 20)} 2026${digits(r, 4)}`,
      `build ${date(r).replaceAll('-', '.')}.${digits(r, 4)}`,
    ]),
  ),
  none('ibans and accounts', 40, (r) =>
    r.pick([
      `DE${digits(r, 20)}`,
      `GB${digits(r, 2)} TEST ${digits(r, 4)} ${digits(r, 4)} ${digits(r, 4)} ${digits(r, 2)}`,
      `IBAN FR${digits(r, 2)} ${digits(r, 4)} ${digits(r, 4)} ${digits(r, 4)} ${digits(r, 4)} ${digits(r, 4)} ${digits(r, 3)}`,
      `Kontonummer ${wholeNumber(r, 10)}, BLZ ${digits(r, 8)}`,
      `VAT DE${digits(r, 9)}`,
    ]),
  ),
  none('books and articles', 40, (r) =>
    r.pick([
      `ISBN 978-${between(r, 0, 9)}-${digits(r, 3)}-${digits(r, 5)}-${digits(r, 1)}`,
      `EAN 40${digits(r, 11)}`,
      `doi:10.1000/${digits(r, 6)}.${digits(r, 4)}`,
      `UPC 0${digits(r, 11)}`,
      `ISSN ${digits(r, 4)}-${digits(r, 3)}X`,
    ]),
  ),
  none('cards that fail Luhn', 40, (r) => {
    const number = failingCard(r);
    return r.pick([number, four(number, ' '), `gift code ${four(number, '-')}`, `ref ${number}`]);
  }),
  none('areas that no SSN has', 30, (r) => {
    const [, group, serial] = ssn(r);
    return r.pick([
      `${r.pick(['000', '666'])}-${group}-${serial}`,
      `9${digits(r, 2)}-0${between(r, 1, 9)}-${serial}`,
      `part ${between(r, 100, 599)}-00-${serial}`,
      `lot ${between(r, 100, 599)}-${group}-0000`,
    ]);
  }),
  none('articles of a shop', 40, (r) =>
    r.pick([
      `SKU ${digits(r, 3)}-${digits(r, 4)}-${digits(r, 2)}`,
      `${letters(r, 3)}-${digits(r, 6)}-${letters(r, 2)}`,
      `Art.-Nr. ${digits(r, 4)}.${digits(r, 3)}.${digits(r, 2)}`,
      `M${between(r, 3, 12)}x${between(r, 10, 80)} DIN 912 ${between(r, 100, 999)} Stück`,
      `size ${between(r, 30, 46)}/${between(r, 28, 36)} qty ${between(r, 1, 400)}`,
    ]),
  ),
  none('log lines', 50, (r) =>
    r.pick([
      `${between(r, 1000, 99999)} main.go:${between(r, 10, 900)} retry ${between(r, 1, 5)}/5 after ${between(r, 100, 9999)}ms`,
      `GET /v1/orders/${wholeNumber(r, 9)}?page=${between(r, 1, 40)}&size=100 200 ${between(r, 100, 99999)}`,
      `java.lang.Thread@${hex(r, 8)}`,
      `pid ${between(r, 1000, 99999)} rss ${wholeNumber(r, 9)} heap ${wholeNumber(r, 9)}`,
      `partition 3 offset ${wholeNumber(r, 10)} lag ${between(r, 0, 5000)}`,
      `worker-${between(r, 1, 64)} finished 1000000 of 1000000`,
    ]),
  ),
  none('links and handles', 40, (r) =>
    r.pick([
      `https://example.com/p/${wholeNumber(r, 10)}`,
      `https://cdn.example.net/img/logo@2x.png`,
      `follow @${surname(r).toLowerCase()} on the forum`,
      `git@git.example.com:team/repo.git`,
      `postgres://reader@db.internal:5432/orders`,
      `meet @ 12:30 at room 4.017`,
      `https://example.org/a?id=${digits(r, 12)}&t=${digits(r, 10)}`,
      `import x from '@scope/pkg'`,
    ]),
  ),
  none('ordinary sentences', 60, (r) =>
    r.pick([
      `The parcel weighs ${between(r, 1, 30)}.${digits(r, 1)} kg and measures ${between(r, 10, 90)}x${between(r, 10, 90)}x${between(r, 10, 90)} cm.`,
      `Please leave it with neighbour ${between(r, 1, 90)} between 9 and 17.`,
      `Rabatt ${between(r, 5, 50)} % ab ${between(r, 2, 9)} Stück, gültig bis Ende ${between(r, 2026, 2029)}`,
      `Le patient suivant attend depuis ${between(r, 5, 90)} minutes`,
      `telefonieren kostet ${between(r, 1, 9)} Cent`,
      `Quiero devolver ${between(r, 2, 9)} de ${between(r, 10, 90)} artículos`,
      `在庫は${between(r, 1, 999)}個です`,
      `phone case, black, ${between(r, 5, 7)}.${between(r, 1, 9)} inch`,
      `the card was declined, code ${between(r, 10, 99)}`,
      `NPI lookup failed with status ${between(r, 400, 599)}`,
      `MRN field is empty in ${between(r, 2, 90)} rows`,
      `patient waited ${between(r, 10, 90)} minutes in room ${between(r, 100, 400)}`,
    ]),
  ),
  none('base64 and hex of nothing personal', 30, (r) =>
    r.pick([
      Buffer.from(`order ${wholeNumber(r, 8)} ok`).toString('base64'),
      Buffer.from(hex(r, 24), 'hex').toString('base64'),
      Buffer.from(`build ${digits(r, 6)}`).toString('hex'),
    ]),
  ),
  keyed(
    'named values',
    80,
    [],
    [
      'orderNumber',
      'trackingId',
      'total',
      'createdAt',
      'checksum',
      'sku',
      'version',
      'quantity',
      'invoice_no',
    ],
    (r) => wholeNumber(r, 10),
    (r) => wholeNumber(r, 12),
    (r) => `${digits(r, 4)}-${digits(r, 4)}`,
    (r) => date(r),
    (r) => hex(r, 32),
    (r) => `${between(r, 1, 9)}.${between(r, 0, 40)}.${between(r, 0, 40)}`,
  ),
];
