/** Every mark in a text begins with this, every mark in a number with that: so few needles find them all. */
export const TEXT_PREFIX = 'zqxcanary';
export const NUMBER_PREFIX = '73901258';
const ID_DIGITS = 4;

/** Where a mark was put, and whether it may be found anywhere but in the source. */
export interface Mark {
  /** Four digits, unique in a run. */
  readonly id: string;
  /** For a person who reads a complaint. */
  readonly place: string;
  /** Columns of BRONZE in which it may land as it was sent; none: nowhere. */
  readonly columns: readonly string[];
  /** In PAYLOAD, at this path alone; dotted, `[]` for each item. */
  readonly path: string | undefined;
}

export interface MayLand {
  readonly columns: readonly string[];
  readonly path?: string;
}

const NOWHERE: MayLand = { columns: [] };

/** Makes marks for what is at hand. */
export interface Marker {
  /** A text: `zqxcanary0001`. */
  text(place: string, may?: MayLand): string;
  /** What every scan takes for an e-mail address. */
  email(place: string, may?: MayLand): string;
  /** A whole number of twelve digits, as text. */
  digits(place: string, may?: MayLand): string;
}

/** Gives out marks, and knows where each was put. */
export class MarkBook implements Marker {
  private readonly marks = new Map<string, Mark>();

  text(place: string, may = NOWHERE): string {
    return `${TEXT_PREFIX}${this.add(place, may)}`;
  }

  email(place: string, may = NOWHERE): string {
    return `${this.text(place, may)}@example.com`;
  }

  digits(place: string, may = NOWHERE): string {
    return `${NUMBER_PREFIX}${this.add(place, may)}`;
  }

  /** For a record that is refused, of which nothing may be found, whatever the contract lets land. */
  refused(why: string): Marker {
    return {
      text: (place) => this.text(`${place}, ${why}`),
      email: (place) => this.email(`${place}, ${why}`),
      digits: (place) => this.digits(`${place}, ${why}`),
    };
  }

  find(id: string): Mark | undefined {
    return this.marks.get(id);
  }

  all(): readonly Mark[] {
    return [...this.marks.values()];
  }

  private add(place: string, { columns, path }: MayLand): string {
    const id = String(this.marks.size + 1).padStart(ID_DIGITS, '0');
    this.marks.set(id, { id, place, columns, path });
    return id;
  }
}

/** The ids of the marks that stand in a text as they are. */
export function idsIn(text: string): readonly string[] {
  const plain = new RegExp(`(?:${TEXT_PREFIX}|${NUMBER_PREFIX})(\\d{${ID_DIGITS}})`, 'g');
  return [...text.matchAll(plain)].map(([, id = '']) => id);
}
