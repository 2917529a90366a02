import type { Random } from '../../events/random';
import { family, keyed, type Family } from '../corpus-case';
import { anyCard, between, card, digits, given, letters, npi, ssn, surname } from '../numbers';

const NARROW = '\u202f';
const NO_BREAK_HYPHEN = '\u2011';
const EN_DASH = '\u2013';

const fullWidth = (text: string): string =>
  text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

function grouped(text: string, sizes: readonly number[], separator: string): string {
  const groups: string[] = [];
  let from = 0;
  for (const size of sizes) {
    groups.push(text.slice(from, from + size));
    from += size;
  }
  return groups.join(separator);
}

const four = (number: string, separator: string): string => grouped(number, [4, 4, 4, 4], separator);

export const SSN_HELD_OUT: readonly Family[] = [
  family('ssn in a note', 25, ['ssn'], (r) => {
    const number = ssn(r).join('-');
    return r.pick([
      `Caller verified with ${number}, asked to reissue the card.`,
      `${surname(r)}, ${given(r)} / ${number} / eligibility pending`,
      `Please match ${number} against the enrollment file before Friday.`,
      `(${number})`,
    ]);
  }),
  family('ssn, typographic hyphens', 20, ['ssn'], (r) => {
    const number = ssn(r).join(r.pick([NO_BREAK_HYPHEN, EN_DASH]));
    return r.pick([`Applicant ${number} signed.`, number, `her social is ${number}`]);
  }),
  family('ssn, typographic spaces', 15, ['ssn'], (r) => {
    const number = ssn(r).join(r.pick([NARROW, '\u00a0']));
    return r.pick([`SSN ${number}`, `Social Security No. ${number}`]);
  }),
  family('ssn, full width', 10, ['ssn'], (r) => fullWidth(ssn(r).join('-'))),
  family('ssn, bare, with words', 25, ['ssn'], (r) => {
    const number = ssn(r).join('');
    return r.pick([
      `Social Security Number is ${number}`,
      `soc sec no: ${number}`,
      `ss# ${number}`,
      `his SSN (${number}) does not match`,
      `<ssn>${number}</ssn>`,
      `ssn=${number}&state=TX`,
    ]);
  }),
  family('ssn in Spanish, Portuguese and French', 20, ['ssn'], (r) => {
    const number = ssn(r).join('-');
    return r.pick([
      `Número de seguro social: ${number}`,
      `su seguro social es ${number}, por favor verificar`,
      `numéro de sécurité sociale américain ${number}`,
      `número de segurança social (EUA): ${number}`,
    ]);
  }),
  keyed(
    'ssn by name',
    20,
    ['ssn'],
    ['ssn', 'patientSsn', 'social_security_number', 'SSN_TXT', 'taxpayerSSN'],
    (r) => ssn(r).join(''),
    (r) => ssn(r).join(' '),
    (r) => ssn(r).join('.'),
  ),
  family('ssn, zero-width characters within', 10, ['ssn'], (r) => ssn(r).join('-').split('').join('\u200b')),
  family('ssn in a row of a table', 15, ['ssn'], (r) => {
    const number = ssn(r).join('-');
    return `${digits(r, 6)};${surname(r)};${number};${between(r, 1, 900)}.00;OPEN`;
  }),
];

export const MRN_HELD_OUT: readonly Family[] = [
  family('mrn, English', 35, ['mrn'], (r) => {
    const number = digits(r, 7);
    return r.pick([
      `Chart pulled for MRN#${number}`,
      `medical record number ${number} was merged`,
      `Med Rec No. ${number}`,
      `mrn=${letters(r, 2)}${number}`,
      `Patient MRN is ${letters(r, 1)}-${number}.`,
      `hospital number: ${number}`,
    ]);
  }),
  family('mrn, German', 20, ['mrn'], (r) => {
    const number = digits(r, 8);
    return r.pick([
      `Patientennummer ${number} verlegt auf Station 4`,
      `Pat.-Nr.: ${number}`,
      `Fallakte zu Patienten-ID ${number} geschlossen`,
    ]);
  }),
  family('mrn, French', 20, ['mrn'], (r) => {
    const number = digits(r, 8);
    return r.pick([
      `numéro de dossier médical : ${number}`,
      `IPP ${number}, service de cardiologie`,
      `n° de dossier patient ${number}`,
    ]);
  }),
  family('mrn, Spanish and Portuguese', 25, ['mrn'], (r) => {
    const number = digits(r, 7);
    return r.pick([
      `historia clínica nº ${number}`,
      `Nº de historia clínica: ${number}`,
      `número de prontuário ${number}`,
      `prontuário: ${number} (ala B)`,
    ]);
  }),
  family('mrn, Japanese', 20, ['mrn'], (r) => {
    const number = digits(r, 8);
    return r.pick([`患者番号：${number}`, `患者ID ${number} の検査結果`, `カルテ番号は${number}です`]);
  }),
  keyed(
    'mrn by name',
    25,
    ['mrn'],
    ['mrn', 'medicalRecordNumber', 'patient_mrn', 'mrnText', 'medical_record_no'],
    (r) => digits(r, 6),
    (r) => `${letters(r, 1)}${digits(r, 8)}`,
    (r) => grouped(digits(r, 9), [3, 3, 3], '-'),
  ),
];

export const NPI_HELD_OUT: readonly Family[] = [
  family('npi in text', 40, ['npi'], (r) => {
    const number = npi(r);
    return r.pick([
      `Rendering provider NPI ${number}`,
      `NPI#: ${number} taxonomy 207Q00000X`,
      `Referred by Dr. ${surname(r)} (NPI: ${number})`,
      `National Provider Identifier ${number} is inactive`,
      `npi=${number}`,
      `prescriber's NPI is ${number}`,
    ]);
  }),
  keyed(
    'npi by name',
    25,
    ['npi'],
    ['npi', 'providerNpi', 'billing_npi', 'NPI_NUMBER', 'national_provider_id'],
    (r) => npi(r),
  ),
];

export const CARD_HELD_OUT: readonly Family[] = [
  family('card in a sentence', 30, ['card'], (r: Random) => {
    const number = anyCard(r);
    return r.pick([
      `charge it to ${four(number, ' ')} please`,
      `The terminal declined ${number} twice.`,
      `PAN ${four(number, '-')} exp 09/29`,
      `pago con tarjeta ${four(number, ' ')}`,
      `Karte ${number} gesperrt`,
    ]);
  }),
  family('card, fifteen digits', 15, ['card'], (r) => {
    const number = card(r, r.pick(['34', '37']), 15);
    return r.pick([
      `amex ${grouped(number, [4, 6, 5], ' ')}`,
      number,
      `carte ${grouped(number, [4, 6, 5], '-')}`,
    ]);
  }),
  family('card, nineteen digits', 10, ['card'], (r) => {
    const number = card(r, '62', 19);
    return r.pick([`UnionPay ${number}`, grouped(number, [4, 4, 4, 4, 3], ' ')]);
  }),
  family('card, fourteen digits', 10, ['card'], (r) => {
    const number = card(r, '36', 14);
    return r.pick([`Diners ${grouped(number, [4, 6, 4], ' ')}`, `card no ${number}`]);
  }),
  family('card, no-break spaces', 10, ['card'], (r) => four(anyCard(r), '\u00a0')),
  family('card, Japanese', 10, ['card'], (r) => `カード番号：${fullWidth(four(anyCard(r), '-'))}`),
  keyed(
    'card by name',
    20,
    ['card'],
    ['payment', 'cardNumber', 'pan', 'memo', 'cc'],
    (r) => anyCard(r),
    (r) => four(anyCard(r), ' '),
  ),
];
