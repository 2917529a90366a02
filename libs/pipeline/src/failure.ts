import { codePlaces } from './code-places';

/**
 * The closed set of failure kinds, each with one reaction:
 * - `data`: one record is at fault: it becomes a dead letter;
 * - `transient`: try again with bounded back-off;
 * - `setup`: somebody must act: alert, not ready, wait, look again;
 * - `unknown`: stop without acknowledging anything.
 */
export type FailureKind = 'data' | 'transient' | 'setup' | 'unknown';

/**
 * A failure that is safe to log: `message` and `code` never hold a payload, a secret or a vendor's raw
 * text. `cure` tells an operator what to do, in one sentence. What caused it may quote anything, so nobody can read
 * or print it: only `places` comes of it.
 */
export class Failure extends Error {
  readonly kind: FailureKind;
  /** A stable code, such as `broker_unreachable`: metrics and runbooks refer to it. */
  readonly code: string;
  readonly cure: string | undefined;
  readonly #cause: unknown;

  constructor(
    kind: FailureKind,
    code: string,
    message: string,
    options: { cure?: string; cause?: unknown } = {},
  ) {
    super(message);
    this.name = 'Failure';
    this.kind = kind;
    this.code = code;
    this.cure = options.cure;
    this.#cause = options.cause;
  }

  /** Where in the code it began. */
  get places(): readonly string[] {
    return codePlaces(this.#cause ?? this);
  }

  /** One line for a log or a health answer. */
  get line(): string {
    return `${this.code}: ${this.message}${this.cure === undefined ? '' : ` (${this.cure})`}`;
  }
}

/**
 * The sink no longer accepts this channel's appends, or never will commit them: it must be reopened, after
 * ownership of the partition was proven, and read again from its committed token.
 */
export class ChannelInvalidated extends Failure {
  constructor(code: string, message: string, options: { cure?: string; cause?: unknown } = {}) {
    super('transient', code, message, options);
    this.name = 'ChannelInvalidated';
  }
}

/** Another writer opened the channel: whoever is not sure to own it lets go. */
export class ChannelFenced extends ChannelInvalidated {
  constructor(code: string, message: string, options: { cure?: string; cause?: unknown } = {}) {
    super(code, message, options);
    this.name = 'ChannelFenced';
  }
}

/** Anything that was thrown, as a Failure: what nobody classified is `unknown`. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  // The message of a foreign error may quote a payload or a secret, and its name can be set: its class is code.
  const name = thrown instanceof Error ? thrown.constructor.name : typeof thrown;
  return new Failure('unknown', 'unclassified', `an unclassified ${name} was thrown`, { cause: thrown });
}
