import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openBytes } from '@das/keys';

/** What is to land of the events of the tests' health contract: said once more, from its text and not from its code. */

interface Visit {
  readonly [name: string]: unknown;
  readonly member_id: string;
  readonly patient: Readonly<Record<string, unknown>>;
  readonly contacts: readonly { readonly name: string; readonly phones: readonly string[] }[];
  readonly diagnoses: readonly { readonly code: string; readonly note: string | null }[];
  readonly procedures: readonly string[];
  readonly remarks: string | null;
}

const CHAPTERS: Readonly<Record<string, string>> = {
  E: 'E00-E89',
  I: 'I00-I99',
  J: 'J00-J99',
  M: 'M00-M99',
  F: 'F01-F99',
  S: 'S00-T88',
  Z: 'Z00-Z99',
};
const SECTIONS: Readonly<Record<string, string>> = {
  99213: 'cpt:evaluation',
  71046: 'cpt:radiology',
  80053: 'cpt:laboratory',
  '0DTJ4ZZ': 'icd-10-pcs:0',
  J1885: 'hcpcs:J',
  G0439: 'hcpcs:G',
};
const AREAS: Readonly<Record<string, string>> = {
  '02139': '021',
  10203: '000',
  '94110-1234': '941',
  60601: '606',
};

export class ExpectedVisit {
  private readonly keys: readonly { id: string; purpose: string; material: string }[];

  constructor(phiKeyFile: string) {
    ({ keys: this.keys } = JSON.parse(readFileSync(phiKeyFile, 'utf8')) as { keys: ExpectedVisit['keys'] });
  }

  /** The event that lands; what is encrypted is as it was before. */
  of(visit: Visit): unknown {
    const { patient } = visit;
    const address = patient.address as Record<string, string>;
    return {
      ...visit,
      member_id: this.token('identifier', visit.member_id),
      patient: {
        ...patient,
        mrn: this.token('identifier', String(patient.mrn)),
        chart_number: this.token('identifier', String(patient.chart_number)),
        date_of_birth: yearOf(String(patient.date_of_birth)),
        address: { line1: null, postal_code: AREAS[address.postal_code ?? ''] },
      },
      contacts: visit.contacts.map((contact) => ({
        ...contact,
        phones: contact.phones.map((phone) => this.token('phone', phone)),
      })),
      diagnoses: visit.diagnoses.map(({ code }) => ({ code: CHAPTERS[code.charAt(0)], note: null })),
      procedures: visit.procedures.map((code) => SECTIONS[code]),
      device_ip: prefixOf(String(visit.device_ip)),
      remarks: null,
    };
  }

  tags({ contacts, diagnoses, procedures, remarks }: Visit): readonly string[] {
    return [
      'member_id',
      ...[
        'mrn',
        'chart_number',
        'name',
        'date_of_birth',
        'email',
        'address.line1',
        'address.postal_code',
      ].map((name) => `patient.${name}`),
      ...(contacts.length > 0 ? ['contacts[].name'] : []),
      ...(contacts.some(({ phones }) => phones.length > 0) ? ['contacts[].phones[]'] : []),
      ...(diagnoses.length > 0 ? ['diagnoses[].code'] : []),
      ...(diagnoses.some(({ note }) => note !== null) ? ['diagnoses[].note'] : []),
      ...(procedures.length > 0 ? ['procedures[]'] : []),
      'device_ip',
      ...(remarks === null ? [] : ['remarks']),
    ];
  }

  token(kind: string, value: string): string {
    return this.mac('tok', 'token:brook_clinic', `${kind}\0${value}`);
  }

  link(email: string): string {
    return this.mac('lnk', 'link', `email\0${email}`);
  }

  /** The landed payload with its encrypted values opened, each at the path that it is bound to. */
  opened(payload: string): unknown {
    const { material = '', id = '' } =
      this.keys.find(({ purpose }) => purpose === 'encrypt:brook_clinic') ?? {};
    const key = { id, material: Buffer.from(material, 'base64') };
    const open = (sealed: unknown, path: string): unknown => {
      const bound = { domain: 'brook_clinic', stream: 'visits_events_v1', path };
      return JSON.parse(openBytes(String(sealed), { find: () => key, bound }).toString());
    };
    const event = JSON.parse(payload) as Visit;
    return {
      ...event,
      patient: { ...event.patient, name: open(event.patient.name, 'patient.name') },
      contacts: event.contacts.map((one) => ({ ...one, name: open(one.name, 'contacts[].name') })),
    };
  }

  private mac(prefix: string, wanted: string, message: string): string {
    const { id, material } = this.keys.find(({ purpose }) => purpose === wanted) ?? { id: '', material: '' };
    const key = Buffer.from(material, 'base64');
    return `${prefix}.${id}.${createHmac('sha256', key).update(message).digest('base64url')}`;
  }
}

/** Everything that a visit says and that must not be read anywhere; what is shorter turns up by chance. */
export function secretsOf(visit: Visit): readonly string[] {
  const { member_id: member, patient, contacts, diagnoses, device_ip: ip, remarks } = visit;
  return [
    member,
    ...['mrn', 'chart_number', 'name', 'date_of_birth'].map((name) => String(patient[name])),
    (patient.address as { line1: string }).line1,
    ...contacts.flatMap(({ name, phones }) => [name, ...phones]),
    ...diagnoses.flatMap(({ note }) => note ?? []),
    String(ip),
    ...(remarks === null ? [] : [remarks]),
  ].filter((text) => text.length >= 8);
}

function yearOf(date: string): string {
  const year = date.slice(0, 4);
  return new Date().getFullYear() - Number(year) >= 90 ? '90+' : year;
}

/** The generator's addresses: 203.0.113.0/24 and 2001:db8:<decimal digits>::. */
function prefixOf(ip: string): string {
  if (ip.startsWith('203.0.113.')) return '203.0.113.0/24';
  const third = Number.parseInt(ip.split(':')[2] ?? '', 16);
  return third === 0 ? '2001:db8::/48' : `2001:db8:${third.toString(16)}::/48`;
}

export type { Visit };
