import { family, keyed, type Family } from '../corpus-case';
import { between, digits, given, mailName, nanp, surname } from '../numbers';

const fullWidth = (text: string): string =>
  text.replace(/[0-9@.-]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0));

export const EMAIL_HELD_OUT: readonly Family[] = [
  family('e-mail in a sentence', 40, ['email'], (r) => {
    const address = `${mailName(r)}@example.${r.pick(['com', 'org', 'net'])}`;
    return r.pick([
      `Forward the invoice to ${address}, thanks`,
      `${given(r)} <${address}> wrote:`,
      `Bitte an ${address} schicken.`,
      `écrivez-moi à ${address}!`,
      `連絡先は${address}です`,
      `meu e-mail é ${address}.`,
      `contact="${address}";role=guardian`,
      `[${address}](mailto:${address})`,
    ]);
  }),
  family('e-mail, unusual local parts', 20, ['email'], (r) => {
    const name = r.pick(["o'sample", 'x', 'a_b', 'first+tag', '12345', 'user%dept', 'a-b-c', 'm&s', '{id}']);
    return `reply-to ${name}@mail.example.com`;
  }),
  family('e-mail, deep and long domains', 15, ['email'], (r) => {
    const domain = r.pick([
      'a.b.c.example.org',
      'clinic-7.example',
      'xn--bcher-kva.example',
      'kranken-haus.test',
    ]);
    return `${mailName(r)}@${domain}`;
  }),
  family('e-mail, not ASCII', 15, ['email'], (r) =>
    r.pick([
      `jürgen.muster@example.de`,
      `用户@例子.example`,
      `señora.prueba@correo.example`,
      `müller@bücher.example`,
    ]),
  ),
  family('e-mail, full width', 10, ['email'], (r) => fullWidth(`${mailName(r)}@example.com`)),
  family('e-mail in a query string', 15, ['email'], (r) =>
    r.pick([
      `https://shop.example/reset?user=${mailName(r)}%40example.com&x=1`,
      `GET /u?mail=${mailName(r)}@example.com HTTP/1.1`,
      `next=%2Flogin%3Fid%3D${mailName(r)}%2540example.com`,
    ]),
  ),
  family('e-mail in a serialised object', 15, ['email'], (r) =>
    r.pick([
      JSON.stringify({ contact: { to: `${mailName(r)}@example.com` } }),
      JSON.stringify(JSON.stringify({ to: `${mailName(r)}@example.com` })),
      `{"to":"${mailName(r)}\\u0040example.com"}`,
    ]),
  ),
  family('e-mail, base64', 15, ['email'], (r) => {
    const inner = `${mailName(r)}@example.org`;
    return r.pick([
      Buffer.from(inner).toString('base64'),
      `token ${Buffer.from(JSON.stringify({ sub: inner })).toString('base64url')}`,
    ]);
  }),
];

export const PHONE_HELD_OUT: readonly Family[] = [
  family('phone, North America, alone', 40, ['phone'], (r) => {
    const [area, exchange, line] = nanp(r);
    return r.pick([
      `(${area}) ${exchange}-${line}`,
      `${area}.${exchange}.${line}`,
      `1-${area}-${exchange}-${line}`,
      `+1 ${area} ${exchange} ${line}`,
      `+1(${area})${exchange}-${line}`,
      `(${area})${exchange}${line}`,
    ]);
  }),
  family('phone, North America, in a sentence', 40, ['phone'], (r) => {
    const [area, exchange, line] = nanp(r);
    return r.pick([
      `left a voicemail at ${area}-${exchange}-${line} re: copay`,
      `Text me (${area}) ${exchange}-${line} when ready`,
      `my cell is ${area} ${exchange} ${line}`,
      `Ph: ${area}${exchange}${line}`,
      `callback number ${area}${exchange}${line}`,
      `${surname(r)} ${area}-${exchange}-${line} x${between(r, 10, 99)}`,
      `fax ${area}/${exchange}-${line}`,
    ]);
  }),
  family('phone, international form', 40, ['phone'], (r) =>
    r.pick([
      `+44 20 7946 0${digits(r, 3)}`,
      `+447700900${digits(r, 3)}`,
      `+33 1 99 00 ${digits(r, 2)} ${digits(r, 2)}`,
      `+49 (0)30 23125 ${digits(r, 3)}`,
      `+61 2 5550 ${digits(r, 4)}`,
      `0044 20 7946 0${digits(r, 3)}`,
      `+81-3-5550-${digits(r, 4)}`,
      `+55 (11) 95550-${digits(r, 4)}`,
      `+34 600 000 ${digits(r, 3)}`,
      `+352 621 000 ${digits(r, 3)}`,
    ]),
  ),
  family('phone, German', 20, ['phone'], (r) =>
    r.pick([
      `Tel. 030 23125-${digits(r, 3)}`,
      `Rückruf unter 0171 39200${digits(r, 2)} erbeten`,
      `Handy: 0171/39200${digits(r, 2)}`,
      `telefonisch erreichbar: 030/23125${digits(r, 3)}`,
    ]),
  ),
  family('phone, French', 20, ['phone'], (r) =>
    r.pick([
      `01 99 00 ${digits(r, 2)} ${digits(r, 2)}`,
      `tél : 06.39.98.${digits(r, 2)}.${digits(r, 2)}`,
      `portable 063998${digits(r, 4)}`,
      `me joindre au 06 39 98 ${digits(r, 2)} ${digits(r, 2)}`,
    ]),
  ),
  family('phone, Spanish and Portuguese', 20, ['phone'], (r) =>
    r.pick([
      `teléfono 600 000 ${digits(r, 3)}`,
      `móvil: 600000${digits(r, 3)}`,
      `celular (11) 95550-${digits(r, 4)}`,
      `telefone: 11 5550-${digits(r, 4)}`,
      `WhatsApp (21) 95550 ${digits(r, 4)}`,
    ]),
  ),
  family('phone, Japanese', 20, ['phone'], (r) =>
    r.pick([
      `電話：03-5550-${digits(r, 4)}`,
      `携帯は090-5550-${digits(r, 4)}です`,
      `０９０－５５５０－${digits(r, 4)}`,
      `TEL 0120-555-${digits(r, 3)}`,
    ]),
  ),
  family('phone, British', 15, ['phone'], (r) =>
    r.pick([
      `020 7946 0${digits(r, 3)}`,
      `mobile 07700 900${digits(r, 3)}`,
      `ring 0161 496 0${digits(r, 3)}`,
    ]),
  ),
  keyed(
    'phone by name',
    25,
    ['phone'],
    ['phone', 'mobileNumber', 'contact_tel', 'homePhone', 'fax', 'telefono'],
    (r) => nanp(r).join(''),
    (r) => `063998${digits(r, 4)}`,
    (r) => `03023125${digits(r, 3)}`,
    (r) => `1${nanp(r).join('')}`,
  ),
];
