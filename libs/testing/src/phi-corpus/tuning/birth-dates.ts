import { family, keyed, type Family } from '../corpus-case';
import { birthDate, given, surname } from '../numbers';

const ENGLISH = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export const BIRTH_DATES: readonly Family[] = [
  family('birth date', 140, ['date_of_birth'], (r) => {
    const { year, month, day } = birthDate(r);
    const name = ENGLISH[Number(month) - 1] ?? '';
    return r.pick([
      `DOB ${year}-${month}-${day}`,
      `DOB: ${month}/${day}/${year}`,
      `${given(r)} ${surname(r)}, born ${year}-${month}-${day}`,
      `date of birth ${name} ${Number(day)}, ${year}`,
      `born on ${Number(day)} ${name} ${year}`,
      `"birth_date":"${year}-${month}-${day}"`,
      `geboren ${day}.${month}.${year}`,
      `Geburtsdatum: ${day}.${month}.${year}`,
      `né le ${Number(day)} mars ${year}`,
      `née le ${day}/${month}/${year}`,
      `date de naissance ${day}/${month}/${year}`,
      `fecha de nacimiento ${day}/${month}/${year}`,
      `nacido el ${Number(day)} de abril de ${year}`,
      `data de nascimento: ${day}/${month}/${year}`,
      `生年月日 ${year}年${Number(month)}月${Number(day)}日`,
      `生年月日:${year}-${month}-${day}`,
      `data di nascita ${day}/${month}/${year}`,
      `geboortedatum ${day}-${month}-${year}`,
    ]);
  }),
  keyed(
    'birth date by name',
    40,
    ['date_of_birth'],
    ['dob', 'DOB', 'birth_date', 'dateOfBirth', 'birthday'],
    (r) => Object.values(birthDate(r)).join('-'),
    (r) => Object.values(birthDate(r)).join('/'),
  ),
];
