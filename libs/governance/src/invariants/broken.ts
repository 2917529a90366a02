/** What holds whatever is changed, by name. */
export const INVARIANTS = {
  'personal-is-masked': 'Every personal column is tagged and masked wherever it can be read.',
  'unclassified-is-denied': 'What nobody classified is seen by nobody.',
  'policy-before-rows': 'A policy stands before the first row that can be read.',
  'policy-stays': 'A policy that is attached is neither replaced nor taken off.',
  'policy-exists': 'A policy or tag is created before it is named.',
  'mask-of-one-argument': 'A mask sees its own column alone, and not the one that decides about rows.',
  'clear-in-production-alone': 'Where it is not production, nobody sees personal data in clear.',
  'constraint-holds':
    'A constraint holds for everybody but who refreshes, and no group is smaller than eleven.',
  'bronze-is-for-services': 'No person and no consumer reaches BRONZE.',
  'silver-is-for-services': 'Nobody reaches SILVER whose role does not read that tier.',
  'grant-is-known': 'Every grant has a form that is understood, so that it is known who reads what.',
  'lineage-is-known':
    'It is known of every column of SILVER, GOLD and OPS from which columns its SQL makes it.',
  'made-as-protected':
    'A column is as well protected as what its SQL makes it from, or its contract says that nothing of that is left.',
  'made-as-declared': 'A column is made from what its contract names.',
  'rows-as-declared': 'Personal data decides which rows there are only where the contract says so.',
  'shared-as-declared':
    'An account outside is given a secure view of the columns, for the regions and until the day that a contract says, and nothing else.',
  'no-person-sees-everything': 'No person holds a role that sees everything.',
} as const;

export type Invariant = keyof typeof INVARIANTS;

/** An invariant that does not hold. */
export interface Broken {
  readonly invariant: Invariant;
  /** The column, table, role or policy: `DB.SCHEMA.TABLE.COLUMN`. */
  readonly where: string;
  /** A whole sentence that names it, too. */
  readonly message: string;
}

export function broken(invariant: Invariant, where: string, says: string): Broken {
  return { invariant, where, message: `${where} ${says}` };
}
