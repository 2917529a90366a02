import { inspect } from 'node:util';

/**
 * A value that nobody sees by accident: it cannot be serialised, printed, logged or concatenated. Only `reveal`
 * gives it out, which a reader of the code can search for, and which lint allows in the files that it lists.
 *
 * What copies own properties (a spread, `structuredClone`, a message to a worker) gets none. For the same reason
 * assertions take any two of these for equal: compare what they reveal.
 */
export class Phi<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
    Object.freeze(this);
  }

  /** The value. What is done with it is the caller's matter. */
  reveal(): T {
    return this.#value;
  }

  /** What is made of the value, as closed as the value is. */
  map<U>(make: (value: T) => U): Phi<U> {
    return new Phi(make(this.#value));
  }

  /** @throws TypeError always */
  toJSON(): never {
    throw refused('serialised');
  }

  /** @throws TypeError always */
  toString(): never {
    throw refused('made a text');
  }

  /** @throws TypeError always */
  [Symbol.toPrimitive](): never {
    throw refused('made a text or a number');
  }

  /** What a debugger and `console.log` show: printing must not crash who prints. */
  [inspect.custom](): string {
    return '[phi]';
  }
}

function refused(what: string): TypeError {
  return new TypeError(`a PHI value must not be ${what}: reveal() it where that is meant`);
}
