import { family, type Family } from '../corpus-case';
import { anyCard, birthDate, digits, given, mailName, nanp, npi, ssn, surname } from '../numbers';

export const MIXED_HELD_OUT: readonly Family[] = [
  family('mixed: intake note', 25, ['date_of_birth', 'ssn', 'phone'], (r) => {
    const { year, month, day } = birthDate(r);
    return `Pt ${given(r)} ${surname(r)} DOB ${month}/${day}/${year} SSN ${ssn(r).join('-')} ph ${nanp(r).join('-')}; order 4471120 placed.`;
  }),
  family('mixed: mail signature', 20, ['email', 'phone'], (r) => {
    const [area, exchange, line] = nanp(r);
    return `Best,\n${given(r)} ${surname(r)}\n${mailName(r)}@example.com | O: (${area}) ${exchange}-${line}\nSuite 400, ZIP 00501`;
  }),
  family(
    'mixed: referral',
    20,
    ['npi', 'mrn'],
    (r) => `Referral: MRN ${digits(r, 8)}, provider NPI ${npi(r)}, visit 2026-11-03`,
  ),
  family(
    'mixed: chargeback',
    15,
    ['card', 'email'],
    (r) => `Chargeback on ${anyCard(r)} by ${mailName(r)}@example.net, amount 129.90 USD, ref 00012-A`,
  ),
  family('mixed: German record', 15, ['date_of_birth', 'mrn'], (r) => {
    const { year, month, day } = birthDate(r);
    return `Patient geb. ${day}.${month}.${year}, Patientennummer ${digits(r, 7)}, Aufnahme 03.11.2026`;
  }),
];
