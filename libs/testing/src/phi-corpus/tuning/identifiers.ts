import { family, keyed, type Family } from '../corpus-case';
import { anyCard, between, card, digits, given, letters, npi, ssn, surname, wholeNumber } from '../numbers';

const four = (number: string, separator: string): string => (number.match(/.{4}/g) ?? []).join(separator);

export const IDENTIFIERS: readonly Family[] = [
  family('ssn, hyphens', 60, ['ssn'], (r) => {
    const number = ssn(r).join('-');
    return r.pick([
      number,
      `SSN: ${number}`,
      `${given(r)} ${surname(r)} ${number}`,
      `Applicant's social security number is ${number}.`,
      `{"id":"${number}"}`,
      `Sozialversicherungsnummer (USA) ${number}`,
      `社会保障番号 ${number}`,
      `${number},${digits(r, 5)},OPEN`,
      `before\n${number}\nafter`,
    ]);
  }),
  family('ssn, spaces', 20, ['ssn'], (r) => {
    const number = ssn(r).join(' ');
    return r.pick([`SSN ${number}`, `social security ${number}`, number]);
  }),
  family('ssn, bare', 30, ['ssn'], (r) => {
    const number = ssn(r).join('');
    return r.pick([`SSN ${number}`, `Social Security #${number}`, `"ssn": "${number}"`, `SSN:${number};`]);
  }),
  keyed('ssn by name', 20, ['ssn'], ['ssn', 'SSN', 'socialSecurityNumber', 'member_ssn'], (r) =>
    ssn(r).join(''),
  ),
  family('mrn', 80, ['mrn'], (r) => {
    const number = digits(r, between(r, 6, 9).length + 5);
    return r.pick([
      `MRN ${number}`,
      `MRN: ${letters(r, 2)}-${number}`,
      `patient (MRN ${number}) discharged`,
      `medical record no. ${number}`,
      `Patient ID: ${number}`,
      `Krankenaktennummer ${number}`,
      `Patienten-Nr. ${number}`,
      `dossier médical n° ${number}`,
      `numéro de patient ${number}`,
      `número de historia clínica ${number}`,
      `prontuário nº ${number}`,
      `診察券番号 ${number}`,
      `患者番号 ${number}`,
    ]);
  }),
  keyed('mrn by name', 20, ['mrn'], ['mrn', 'MRN', 'medical_record_number', 'patientMrn'], (r) =>
    digits(r, 8),
  ),
  family('npi', 50, ['npi'], (r) => {
    const number = npi(r);
    return r.pick([
      `NPI ${number}`,
      `NPI: ${number}`,
      `provider ${surname(r)}, NPI ${number}`,
      `npi_no ${number}`,
    ]);
  }),
  keyed('npi by name', 20, ['npi'], ['npi', 'NPI', 'provider_npi', 'attendingNpi'], (r) => npi(r)),
  family('card', 70, ['card'], (r) => {
    const number = anyCard(r);
    return r.pick([
      number,
      four(number, ' '),
      four(number, '-'),
      `paid with ${number}`,
      `credit card ${four(number, ' ')}`,
      `Kreditkarte: ${four(number, ' ')}`,
      `carte bancaire ${number}`,
      `cartão ${four(number, ' ')}`,
      `クレジットカード ${number}`,
    ]);
  }),
  family('card, other lengths', 30, ['card'], (r) => {
    const amex = card(r, '37', 15);
    return r.pick([
      `Amex ${amex}`,
      `${amex.slice(0, 4)} ${amex.slice(4, 10)} ${amex.slice(10)}`,
      card(r, '38', 14),
      card(r, '6212', 19),
      `maestro card ${card(r, '6759', 18)}`,
    ]);
  }),
  family(
    'card beside other numbers',
    20,
    ['card'],
    (r) => `order ${wholeNumber(r, 9)} paid ${anyCard(r)} total ${between(r, 10, 99)}.50`,
  ),
];
