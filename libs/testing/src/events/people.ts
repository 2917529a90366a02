import { Random } from './random';

const GIVEN = ['Alex', 'Robin', 'Sam', 'Kim', 'Jo', 'Chris', 'Noor', 'Mika', 'Ira', 'Lou'];
const FAMILY = ['Sample', 'Example', 'Test', 'Demo', 'Mock', 'Placeholder', 'Fictive', 'Invent'];
const CITIES = [
  ['Sampletown', 'DE', 'EMEA'],
  ['Exampleville', 'US', 'NA'],
  ['Testcity', 'JP', 'APAC'],
  ['Muestra', 'BR', 'LATAM'],
] as const;

/** A made-up customer: reserved mail domain, reserved phone range, no real place. */
export interface Customer {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly phone: string;
  readonly city: string;
  readonly country: string;
  readonly region: 'EMEA' | 'NA' | 'APAC' | 'LATAM';
}

/** Those who come often, to the shop as to the clinic: the first of both, and the same people. */
const OFTEN = 100;

/** The index of somebody: a quarter of the time of one who comes often. */
export function someIndex(random: Random, count: number): number {
  return random.chance(0.25) ? random.below(OFTEN) : random.below(count);
}

/** One of so many customers; who comes often is who the patient of that index is, with the same e-mail address. */
export function someCustomer(random: Random, count: number): Customer {
  const index = someIndex(random, count);
  return makeCustomer(index < OFTEN ? new Random(index) : random, index);
}

export function makeCustomer(random: Random, index: number): Customer {
  const given = random.pick(GIVEN);
  const family = random.pick(FAMILY);
  const [city, country, region] = random.pick(CITIES);
  return {
    id: `cus_${String(index).padStart(8, '0')}`,
    email: `${given}.${family}.${index}@example.com`.toLowerCase(),
    name: `${given} ${family}`,
    phone: `+1-202-555-01${String(random.below(100)).padStart(2, '0')}`,
    city,
    country,
    region,
  };
}

/** Text that a scan should find, from ranges that belong to nobody. */
export function oddPhi(random: Random): string {
  const two = (): string => String(random.below(100)).padStart(2, '0');
  const kinds = [
    // Withdrawn by the Social Security Administration after they were printed in advertisements.
    random.pick(['078-05-1120', '219-09-9999']),
    `lost.${random.below(1000)}@example.org`,
    `+1-202-555-01${two()}`,
  ];
  return random.pick(kinds);
}
