import type { Random } from '../../events/random';
import { family, keyed, type Family } from '../corpus-case';
import { birthDate, given, surname } from '../numbers';

const MONTHS = {
  en: [
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
  ],
  de: [
    'Januar',
    'Februar',
    'März',
    'April',
    'Mai',
    'Juni',
    'Juli',
    'August',
    'September',
    'Oktober',
    'November',
    'Dezember',
  ],
  fr: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ],
  es: [
    'enero',
    'febrero',
    'marzo',
    'abril',
    'mayo',
    'junio',
    'julio',
    'agosto',
    'septiembre',
    'octubre',
    'noviembre',
    'diciembre',
  ],
  pt: [
    'janeiro',
    'fevereiro',
    'março',
    'abril',
    'maio',
    'junho',
    'julho',
    'agosto',
    'setembro',
    'outubro',
    'novembro',
    'dezembro',
  ],
} as const;

function parts(r: Random, language: keyof typeof MONTHS) {
  const { year, month, day } = birthDate(r);
  return { year, month, day, d: Number(day), name: MONTHS[language][Number(month) - 1] ?? '' };
}

export const BIRTH_DATE_HELD_OUT: readonly Family[] = [
  family('birth date, English', 40, ['date_of_birth'], (r) => {
    const { year, month, day, d, name } = parts(r, 'en');
    return r.pick([
      `${given(r)} was born on ${name} ${d}, ${year}`,
      `Date of birth: ${d} ${name} ${year}`,
      `DOB ${month}/${day}/${year}`,
      `D.O.B. ${month}-${day}-${year}`,
      `birthdate=${year}-${month}-${day}`,
      `b. ${d} ${name.slice(0, 3)} ${year}`,
      `(born ${year}-${month}-${day})`,
      `Birthday: ${name.slice(0, 3)} ${d} ${year}`,
      `dob:${year}${month}${day}`,
      `DOB ${month}/${day}/${year.slice(2)}`,
    ]);
  }),
  family('birth date, German', 20, ['date_of_birth'], (r) => {
    const { year, month, day, d, name } = parts(r, 'de');
    return r.pick([
      `geb. ${day}.${month}.${year}`,
      `${surname(r)}, geboren am ${d}. ${name} ${year} in Musterstadt`,
      `Geburtsdatum ${day}.${month}.${year}`,
      `Geb.-Datum: ${d}.${Number(month)}.${year}`,
      `* ${day}.${month}.${year}, Geburtstag laut Ausweis ${day}.${month}.${year}`,
    ]);
  }),
  family('birth date, French', 20, ['date_of_birth'], (r) => {
    const { year, month, day, d, name } = parts(r, 'fr');
    return r.pick([
      `née le ${d} ${name} ${year}`,
      `né le ${day}/${month}/${year} à Lyon`,
      `date de naissance : ${day}/${month}/${year}`,
      `patient né(e) le ${day}.${month}.${year}`,
    ]);
  }),
  family('birth date, Spanish', 20, ['date_of_birth'], (r) => {
    const { year, month, day, d, name } = parts(r, 'es');
    return r.pick([
      `nacida el ${d} de ${name} de ${year}`,
      `fecha de nacimiento: ${day}/${month}/${year}`,
      `F. Nac. ${day}-${month}-${year}`,
      `nació el ${d} de ${name} de ${year}`,
    ]);
  }),
  family('birth date, Portuguese', 15, ['date_of_birth'], (r) => {
    const { year, month, day, d, name } = parts(r, 'pt');
    return r.pick([
      `data de nascimento ${day}/${month}/${year}`,
      `nascido em ${d} de ${name} de ${year}`,
      `nasc. ${day}/${month}/${year}`,
    ]);
  }),
  family('birth date, Japanese', 20, ['date_of_birth'], (r) => {
    const { year, month, day } = birthDate(r);
    return r.pick([
      `生年月日：${year}年${Number(month)}月${Number(day)}日`,
      `${year}年${Number(month)}月${Number(day)}日生まれ`,
      `生年月日 ${year}/${month}/${day}`,
      `誕生日は${year}-${month}-${day}`,
    ]);
  }),
  keyed(
    'birth date by name',
    30,
    ['date_of_birth'],
    ['dob', 'birthDate', 'patient_birth_date', 'dateOfBirth', 'fecha_nacimiento', 'geburtsdatum', 'bday'],
    (r) => Object.values(birthDate(r)).join('-'),
    (r) => Object.values(birthDate(r)).join(''),
    (r) => `${Object.values(birthDate(r)).join('-')}T00:00:00Z`,
    (r) => {
      const { year, month, day } = birthDate(r);
      return `${month}/${day}/${year}`;
    },
  ),
];
