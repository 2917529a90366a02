import { family, keyed, type Family } from '../corpus-case';
import { between, digits, given, mailName, nanp } from '../numbers';

export const CONTACTS: readonly Family[] = [
  family('e-mail', 110, ['email'], (r) => {
    const address = `${mailName(r)}${between(r, 1, 999)}@example.com`;
    return r.pick([
      address,
      `write to ${address}`,
      `${given(r)} <${address}>`,
      `mailto:${address}`,
      `E-Mail: ${address}.`,
      `correo electrónico ${address};`,
      `メール ${address}`,
      `'${address}'`,
      address.toUpperCase(),
      `"email":"${address}"`,
      `user=${address.replace('@', '%40')}`,
      `${mailName(r)}@sub.example.co.uk`,
    ]);
  }),
  family('e-mail, encoded', 30, ['email'], (r) => {
    const address = `${mailName(r)}@example.net`;
    return r.pick([
      Buffer.from(`mail ${address}`).toString('base64'),
      Buffer.from(address).toString('base64url'),
      JSON.stringify({ a: { b: address } }),
      address.replace('@', '\\u0040'),
      encodeURIComponent(encodeURIComponent(address)),
    ]);
  }),
  family('phone, North America', 110, ['phone'], (r) => {
    const [area, exchange, line] = nanp(r);
    return r.pick([
      `${area}-${exchange}-${line}`,
      `+1-${area}-${exchange}-${line}`,
      `+1${area}${exchange}${line}`,
      `call (${area}) ${exchange}-${line}`,
      `tel ${area}.${exchange}.${line}`,
      `phone: ${area}${exchange}${line}`,
      `mobile ${area} ${exchange} ${line}`,
      `tel:+1${area}${exchange}${line}`,
      `Phone number is ${area}-${exchange}-${line}, ext. ${between(r, 1, 99)}`,
      `see +1-${area}-${exchange}-${line}`,
    ]);
  }),
  family('phone, international', 70, ['phone'], (r) =>
    r.pick([
      `+442079460${digits(r, 3)}`,
      `+44 7700 900${digits(r, 3)}`,
      `+49 30 23125${digits(r, 3)}`,
      `+49-171-39200${digits(r, 2)}`,
      `+33 6 39 98 ${digits(r, 2)} ${digits(r, 2)}`,
      `+33639 98${digits(r, 4)}`,
      `+81 90 5550 ${digits(r, 4)}`,
      `+5511955550${digits(r, 3)}`,
      `+34 91 000 ${digits(r, 2)} ${digits(r, 2)}`,
      `+39 06 5550 ${digits(r, 4)}`,
      `+353 1 555 ${digits(r, 4)}`,
      `+86 10 5550 ${digits(r, 4)}`,
      `0049 30 23125${digits(r, 3)}`,
    ]),
  ),
  family('phone, national forms', 90, ['phone'], (r) =>
    r.pick([
      `Telefon 030 23125${digits(r, 3)}`,
      `Tel.: 0171 39200${digits(r, 2)}`,
      `Mobil 0171-39200${digits(r, 2)}`,
      `06 39 98 ${digits(r, 2)} ${digits(r, 2)}`,
      `téléphone 01 99 00 ${digits(r, 2)} ${digits(r, 2)}`,
      `tel. 0199 00 ${digits(r, 4)}`,
      `teléfono: 91 000 ${digits(r, 2)} ${digits(r, 2)}`,
      `celular 55 5550 ${digits(r, 4)}`,
      `telefone (11) 5550-${digits(r, 4)}`,
      `(11) 95550-${digits(r, 4)}`,
      `電話番号 03-5550-${digits(r, 4)}`,
      `090-5550-${digits(r, 4)}`,
      `phone 020 7946 0${digits(r, 3)}`,
      `07700 900${digits(r, 3)}`,
      `telefono 06 5550${digits(r, 4)}`,
      `telefoon 020-555 ${digits(r, 4)}`,
    ]),
  ),
  keyed(
    'phone by name',
    30,
    ['phone'],
    ['phone', 'phone_number', 'mobile', 'tel', 'cellPhone'],
    (r) => nanp(r).join(''),
    (r) => nanp(r).join(' '),
  ),
];
