import type { Random } from '../events/random';

const NAMES = [
  'Alex Sample',
  'Robin Example',
  "Noor O'Sample",
  'Zoë Exämple',
  '例 サンプル',
  'Mika "Mock" Demo',
  'Ira Back\\slash',
];
const REGIONS = ['EMEA', 'NA', 'APAC', 'LATAM'] as const;

/** What is seen of a customer at a time. */
export interface Profile {
  readonly email: string;
  readonly name: string;
  /** undefined: not given */
  readonly phone: string | undefined;
  readonly region: (typeof REGIONS)[number];
}

interface Regular {
  readonly id: string;
  readonly past: Profile[];
  now: Profile;
}

/** Customers who come again, change now and then in one thing, and sometimes change back. */
export class Regulars {
  private readonly all: Regular[] = [];

  constructor(
    private readonly random: Random,
    private readonly count: number,
  ) {}

  /** Somebody's index, for `seen`. */
  pick(): number {
    return this.random.below(this.count);
  }

  /** As they are at this moment. */
  seen(index: number): { readonly id: string; readonly profile: Profile } {
    const regular = (this.all[index] ??= this.meet(index));
    if (this.random.chance(0.04)) this.change(regular, index);
    return { id: regular.id, profile: regular.now };
  }

  private meet(index: number): Regular {
    const now = {
      email: `regular.${index}@example.com`,
      name: this.random.pick(NAMES),
      phone: this.phone(),
      region: this.random.pick(REGIONS),
    };
    return { id: `cus_${String(index).padStart(8, '0')}`, past: [], now };
  }

  private change(regular: Regular, index: number): void {
    const { random } = this;
    const before = regular.now;
    const changes: readonly (() => Profile)[] = [
      () => ({ ...before, email: `regular.${index}.${random.below(3)}@example.org` }),
      () => ({ ...before, name: random.pick(NAMES) }),
      () => ({ ...before, phone: random.chance(0.3) ? undefined : this.phone() }),
      () => ({ ...before, region: random.pick(REGIONS) }),
    ];
    regular.now =
      regular.past.length > 0 && random.chance(0.4) ? random.pick(regular.past) : random.pick(changes)();
    regular.past.push(before);
  }

  private phone(): string {
    return `+1-202-555-01${String(this.random.below(100)).padStart(2, '0')}`;
  }
}
