import type { ScanKind } from './kinds';

/** What the words before a number say that it is; `other`: a number of an order, a book, a machine… */
export type Context = Exclude<ScanKind, 'email' | 'echo'> | 'call' | 'other';

/**
 * Expressions without accents, as plainText leaves them, parted by commas; what begins another comes after it.
 * Latin ones must be whole words; German and Dutch compounds are there as stems.
 */
const WORDS_OF: Readonly<Record<Context, string>> = {
  ssn: String.raw`
    ssn, ss ?#, soc(?:ial)?\.? ?sec(?:urity)?(?: no\.?| number| #)?, social(?= (?:is|no|number|#)),
    itin, tax(?:payer)? ?id\w*, segur(?:o|idad) social, seguranca social, securite sociale,
    sozialversicherung[a-z]*, 社会保障番号, 社会保障号, 社保号
  `,
  npi: String.raw`
    npi, national provider id[a-z]*, provider id(?:entifier)?
  `,
  mrn: String.raw`
    mrns?, med(?:ical)?\.? ?rec(?:ord)?s?\.?, patient[- ]?(?:id|no|nr|num|number|identifier),
    pat\.?[- ]?(?:id|nr|no), patienten[- ]?(?:id|nr|nummer|kennung|akte)[a-z]*, krankenakte[a-z]*,
    patientnummer, patientennummer, (?:hospital|chart) (?:no|num|number|id),
    dossier (?:medical|(?:de |du )?patient), numero (?:de )?patient, ipp, historia clinica,
    (?:numero|nº|n\.?) de paciente, expediente (?:medico|clinico), prontuario(?: medico)?,
    cartella clinica, numero paziente, journalnummer, patientnr, patientnumme[rn], numer pacjenta,
    患者番号, 患者id, カルテ番号, カルテno, 診察券番号, 病历号, 病案号, 患者编号, 등록번호, 환자번호
  `,
  date_of_birth: String.raw`
    d\.? ?o\.? ?b, date of birth, birth[- ]?(?:date|day)?s?, born, bday, b\. ?$, geb, geboren[a-z]*,
    geburts[a-z]*, geboorte[a-z]*, nee? le, ne ?\(e\) le, nes? le, (?:date de )?naissance, nacid[oa]s?,
    nacio, (?:fecha (?:de )?)?nacimiento, f\.? ?(?:de )?nac, nascid[oa], nasceu, nascimento, nasc,
    (?:data di )?nascita, nat[oa] (?:il|a), fodt, fodd, fodelsedatum, fodselsdato, urodz[a-z]*,
    ur\. ?$, syntynyt, syntymaaika, 生年月日, 誕生日, 生まれ, 出生(?:日期|年月)?, 생년월일, дата рождения, родил[а-я]*
  `,
  card: String.raw`
    (?:kredit|debit)?karte[a-z]*, (?:credit|debit) ?cards?, cards?,
    carte(?: bancaire| bleue| de credit)?, tarjeta[a-z]*, cartao, carta di credito, cc, pan, visa,
    mastercard, amex, american express, maestro, diners, discover, unionpay, jcb, カード(?:番号)?, 卡号, 信用卡
  `,
  phone: String.raw`
    tel, tele(?:f|ph)[a-z]*, tlf, phone ?(?:no|nr|num|number)?s?, phones?, ph, mob, mobile?,
    mobil[a-z]*, cell(?:phone|ular)?, celular, movil, handy[a-z]*, rufnummer, ruckruf[a-z]*, portable,
    whatsapp, sms, fax, voicemail, callback, call[- ]?back, gsm, joindre, appele[rz], ligar, llamar?,
    llame, cellulare, puhelin, komorka, телефон[а-я]*, 電話(?:番号)?, 携帯(?:電話|番号)?, ファックス, ファクス, 电话, 手机号?,
    전화(?:번호)?, 휴대폰, ☎
  `,
  call: String.raw`
    call, text, ring, dial, reach, contact, anrufen, kontakt
  `,
  other: String.raw`
    orders?, bestell[a-z]*, auftrag[a-z]*, rechnung[a-z]*, invoices?, factur[ae]s?, fatura, pedidos?,
    commande, tracking, sendung[a-z]*, shipments?, parcels?, waybill, tickets?, cases?, refs?,
    reference, isbn(?:-1[03])?, issn, ean, upc, gtin, sku, art(?:ikel|icle)?\.?-?(?:nr)?, parts?,
    lots?, batch, serial, model, iban, konto[a-z]*, blz, acc(?:oun)?t, vat, ust[a-z-]*, version, build,
    offset, trace, sha\d*, md5, commit, etag, request, ip, port, lat, lon, geo, po, rma, quote, total,
    amount, price, usd, eur, gbp, jpy, checksum, hash, quantity, qty, count, timestamp, created,
    updated, delivered, expires?, exp, valid, visit, due, code, dhl, ups, fedex, claim, policy,
    注文番号, 発送日, 追跡番号, 商品番号
  `,
};

export const WORDS: readonly (readonly [context: Context, words: readonly string[]])[] = Object.entries(
  WORDS_OF,
).map(([context, words]) => [context as Context, words.trim().split(/,\s+/)]);
