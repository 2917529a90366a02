import { npi } from '../phi-corpus/numbers';
import { makeCustomer, someIndex } from './people';
import { Random } from './random';

/** Of the made-up clinics. */
const PATIENTS = 2_000;
const PROVIDERS = 200;
/** ZIP codes whose first three digits name places of more than 20,000 people, and one (102) that does not. */
const ZIPS = ['02139', '10203', '94110-1234', '60601'];
export const DIAGNOSES = ['E11.9', 'I10', 'J45.909', 'M54.50', 'F41.1', 'S72.001A', 'Z00.00'] as const;

/** A patient whom nobody is: the same one whenever and in whichever stream the index comes. */
export interface Patient {
  readonly mrn: string;
  readonly name: string;
  readonly date_of_birth: string;
  readonly email: string;
  readonly phone: string;
  readonly region: 'EMEA' | 'NA' | 'APAC' | 'LATAM';
  readonly address: {
    readonly line1: string;
    readonly city: string;
    readonly postal_code: string;
    readonly country: string;
  };
}

export function makePatient(index: number): Patient {
  const random = new Random(index);
  const { name, email, phone, city, country, region } = makeCustomer(random, index);
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    mrn: `MRN-${String(index).padStart(8, '0')}`,
    name,
    date_of_birth: `${1930 + random.below(90)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`,
    email,
    phone,
    region,
    address: {
      line1: `${1 + random.below(200)} Sample Street`,
      city,
      postal_code: random.pick(ZIPS),
      country,
    },
  };
}

export function somePatient(random: Random): Patient {
  return makePatient(someIndex(random, PATIENTS));
}

/** A provider's number with a right check digit: one of a few hundred. */
export function someProvider(random: Random): string {
  return npi(new Random(random.below(PROVIDERS)));
}
