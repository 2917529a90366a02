/** As `util.inspect.custom`; the core imports no `node:util`. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * What holds a record in clear: it prints as a placeholder and refuses to be serialised or made a text, so that no
 * log line and no error quotes it by accident. Its fields are ordinary ones, because every record passes through.
 */
export abstract class Unprintable {
  /** @throws TypeError always */
  toJSON(): never {
    throw new TypeError('a record must not be serialised');
  }

  /** @throws TypeError always */
  toString(): never {
    throw new TypeError('a record must not be made a text');
  }

  /** What a debugger and `console.log` show: printing must not crash who prints. */
  [INSPECT](): string {
    return '[record]';
  }
}
