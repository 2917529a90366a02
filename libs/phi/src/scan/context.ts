import type { ScanKind } from './kinds';

/** What the words before a number say that it is; `other`: a number of an order, a book, a machine… */
export type Context = Exclude<ScanKind, 'email' | 'echo'> | 'call' | 'other';

/** Words without accents, as plainText leaves them; German and Dutch ones as stems. Longest first where one begins another. */
const WORDS: readonly (readonly [context: Context, words: readonly string[]])[] = [
  [
    'ssn',
    [
      'ssn',
      'ss ?#',
      'soc(?:ial)?\\.? ?sec(?:urity)?(?: no\\.?| number| #)?',
      'social(?= (?:is|no|number|#))',
      'itin',
      'tax(?:payer)? ?id\\w*',
      'segur(?:o|idad) social',
      'seguranca social',
      'securite sociale',
      'sozialversicherung[a-z]*',
      '社会保障番号',
      '社会保障号',
      '社保号',
    ],
  ],
  ['npi', ['npi', 'national provider id[a-z]*', 'provider id(?:entifier)?']],
  [
    'mrn',
    [
      'mrns?',
      'med(?:ical)?\\.? ?rec(?:ord)?s?\\.?',
      'patient[- ]?(?:id|no|nr|num|number|identifier)',
      'pat\\.?[- ]?(?:id|nr|no)',
      'patienten[- ]?(?:id|nr|nummer|kennung|akte)[a-z]*',
      'krankenakte[a-z]*',
      'patientnummer',
      'patientennummer',
      '(?:hospital|chart) (?:no|num|number|id)',
      'dossier (?:medical|(?:de |du )?patient)',
      'numero (?:de )?patient',
      'ipp',
      'historia clinica',
      '(?:numero|nº|n\\.?) de paciente',
      'expediente (?:medico|clinico)',
      'prontuario(?: medico)?',
      'cartella clinica',
      'numero paziente',
      'journalnummer',
      'patientnr',
      'patientnumme[rn]',
      'numer pacjenta',
      '患者番号',
      '患者id',
      'カルテ番号',
      'カルテno',
      '診察券番号',
      '病历号',
      '病案号',
      '患者编号',
      '등록번호',
      '환자번호',
    ],
  ],
  [
    'date_of_birth',
    [
      'd\\.? ?o\\.? ?b',
      'date of birth',
      'birth[- ]?(?:date|day)?s?',
      'born',
      'bday',
      'b\\. ?$',
      'geb',
      'geboren[a-z]*',
      'geburts[a-z]*',
      'geboorte[a-z]*',
      'nee? le',
      'ne ?\\(e\\) le',
      'nes? le',
      '(?:date de )?naissance',
      'nacid[oa]s?',
      'nacio',
      '(?:fecha (?:de )?)?nacimiento',
      'f\\.? ?(?:de )?nac',
      'nascid[oa]',
      'nasceu',
      'nascimento',
      'nasc',
      '(?:data di )?nascita',
      'nat[oa] (?:il|a)',
      'fodt',
      'fodd',
      'fodelsedatum',
      'fodselsdato',
      'urodz[a-z]*',
      'ur\\. ?$',
      'syntynyt',
      'syntymaaika',
      '生年月日',
      '誕生日',
      '生まれ',
      '出生(?:日期|年月)?',
      '생년월일',
      'дата рождения',
      'родил[а-я]*',
    ],
  ],
  [
    'card',
    [
      '(?:kredit|debit)?karte[a-z]*',
      '(?:credit|debit) ?cards?',
      'cards?',
      'carte(?: bancaire| bleue| de credit)?',
      'tarjeta[a-z]*',
      'cartao',
      'carta di credito',
      'cc',
      'pan',
      'visa',
      'mastercard',
      'amex',
      'american express',
      'maestro',
      'diners',
      'discover',
      'unionpay',
      'jcb',
      'カード(?:番号)?',
      '卡号',
      '信用卡',
    ],
  ],
  [
    'phone',
    [
      'tel',
      'tele(?:f|ph)[a-z]*',
      'tlf',
      'phone ?(?:no|nr|num|number)?s?',
      'phones?',
      'ph',
      'mob',
      'mobile?',
      'mobil[a-z]*',
      'cell(?:phone|ular)?',
      'celular',
      'movil',
      'handy[a-z]*',
      'rufnummer',
      'ruckruf[a-z]*',
      'portable',
      'whatsapp',
      'sms',
      'fax',
      'voicemail',
      'callback',
      'call[- ]?back',
      'gsm',
      'joindre',
      'appele[rz]',
      'ligar',
      'llamar?',
      'llame',
      'cellulare',
      'puhelin',
      'komorka',
      'телефон[а-я]*',
      '電話(?:番号)?',
      '携帯(?:電話|番号)?',
      'ファックス',
      'ファクス',
      '电话',
      '手机号?',
      '전화(?:번호)?',
      '휴대폰',
      '☎',
    ],
  ],
  ['call', ['call', 'text', 'ring', 'dial', 'reach', 'contact', 'anrufen', 'kontakt']],
  [
    'other',
    [
      'orders?',
      'bestell[a-z]*',
      'auftrag[a-z]*',
      'rechnung[a-z]*',
      'invoices?',
      'factur[ae]s?',
      'fatura',
      'pedidos?',
      'commande',
      'tracking',
      'sendung[a-z]*',
      'shipments?',
      'parcels?',
      'waybill',
      'tickets?',
      'cases?',
      'refs?',
      'reference',
      'isbn(?:-1[03])?',
      'issn',
      'ean',
      'upc',
      'gtin',
      'sku',
      'art(?:ikel|icle)?\\.?-?(?:nr)?',
      'parts?',
      'lots?',
      'batch',
      'serial',
      'model',
      'iban',
      'konto[a-z]*',
      'blz',
      'acc(?:oun)?t',
      'vat',
      'ust[a-z-]*',
      'version',
      'build',
      'offset',
      'trace',
      'sha\\d*',
      'md5',
      'commit',
      'etag',
      'request',
      'ip',
      'port',
      'lat',
      'lon',
      'geo',
      'po',
      'rma',
      'quote',
      'total',
      'amount',
      'price',
      'usd',
      'eur',
      'gbp',
      'jpy',
      'checksum',
      'hash',
      'quantity',
      'qty',
      'count',
      'timestamp',
      'created',
      'updated',
      'delivered',
      'expires?',
      'exp',
      'valid',
      'visit',
      'due',
      'coupon',
      'code',
      'dhl',
      'ups',
      'fedex',
      'claim',
      'policy',
      '注文番号',
      '発送日',
      '追跡番号',
      '商品番号',
    ],
  ],
];

const CONTEXTS = WORDS.map(([context]) => context);
// One group for each context; Latin words end where letters do, other scripts have no such ends.
const ANY_WORD = new RegExp(WORDS.map(([, words]) => `(${words.map(bounded).join('|')})`).join('|'), 'gi');

function bounded(word: string): string {
  if (!/^[a-z(]/.test(word)) return word;
  return `(?<![a-z])${word}${word.endsWith('$') ? '' : '(?![a-z])'}`;
}

/** How far before a number its words may begin. */
const REACH = 56;
/** What ends the reach of a word: another number, another statement. */
const BREAK = /\d\d|[;|]|[.!?。] [A-Z]/;

/** The context of a number that starts at an index: the last words before it, or else what the value's name says. */
export function contextAt(text: string, start: number, ofName: Context | undefined): Context | undefined {
  const before = text.slice(Math.max(0, start - REACH), start);
  let last: Context | undefined;
  let end = 0;
  for (const match of before.matchAll(ANY_WORD)) {
    last = contextOf(match);
    end = match.index + match[0].length;
  }
  if (last === undefined) return ofName;
  return BREAK.test(before.slice(end)) ? ofName : last;
}

function contextOf(match: readonly (string | undefined)[]): Context | undefined {
  return CONTEXTS[match.findIndex((group, index) => index > 0 && group !== undefined) - 1];
}

const MAX_NAME = 100;

/** What the name of a property says of its value: `patientSSN`, `birth_date`, `order-no`. */
export function contextOfName(name: string): Context | undefined {
  if (name.length > MAX_NAME) return undefined;
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[_.\-/:]+/g, ' ');
  let last: Context | undefined;
  for (const match of words.matchAll(ANY_WORD)) {
    const context = contextOf(match);
    // `phone_number_count` is a count; but an order's phone is a phone.
    if (context !== 'call') last = context;
  }
  return last;
}
