import { asFailure, type Clock, type DeadReason, type Failure } from '@das/pipeline';
import { Undecodable } from '../undecodable';
import type { LoadedSchema } from './load-schema';

/** Why records of a schema are refused. */
export interface Refusal {
  readonly reason: DeadReason;
  readonly rule: string;
}

export interface SchemaBookLimits {
  /** Schemas that are kept, and characters of their texts; the oldest make room. */
  readonly maxSchemas: number;
  readonly maxCharacters: number;
  /** Ids that are known to be of no use, and for how long, milliseconds: then they are asked for again. */
  readonly maxRefused: number;
  readonly refusedMs: number;
}

export const DEFAULT_LIMITS: SchemaBookLimits = {
  maxSchemas: 1_000,
  maxCharacters: 32 * 1024 * 1024,
  maxRefused: 10_000,
  refusedMs: 60_000,
};

/** What is known of the registry's schemas: what an id means never changes, so it is asked for once. */
export class SchemaBook {
  private readonly schemas = new Map<number, LoadedSchema>();
  private readonly refused = new Map<number, Refusal & { readonly untilMs: number }>();
  private readonly underWay = new Map<number, Promise<void>>();
  private characters = 0;
  private lastFailure: Failure | undefined;

  constructor(
    private readonly load: (id: number) => Promise<LoadedSchema>,
    private readonly clock: Clock,
    private readonly limits: SchemaBookLimits = DEFAULT_LIMITS,
  ) {}

  /** Undefined: it must be learnt first. */
  find(id: number): LoadedSchema | Refusal | undefined {
    return this.schemas.get(id) ?? this.refused.get(id);
  }

  /** Whether records of this id can be judged now; a refusal that is too old is looked at again. */
  knows(id: number): boolean {
    if (this.schemas.has(id)) return true;
    const refusal = this.refused.get(id);
    return refusal !== undefined && refusal.untilMs > this.clock.now();
  }

  /** Why the registry could not be asked, if it could not when it was asked last. */
  get failure(): Failure | undefined {
    return this.lastFailure;
  }

  /** Asks for it; once, however many wait for it. Never rejects: `failure` says what was wrong. */
  async learn(id: number): Promise<void> {
    let asked = this.underWay.get(id);
    if (asked === undefined) {
      asked = this.ask(id).finally(() => this.underWay.delete(id));
      this.underWay.set(id, asked);
    }
    return asked;
  }

  private async ask(id: number): Promise<void> {
    try {
      this.keep(id, await this.load(id));
    } catch (thrown) {
      if (!(thrown instanceof Undecodable)) {
        this.lastFailure = asFailure(thrown);
        return;
      }
      this.refuse(id, thrown);
    }
    this.lastFailure = undefined;
  }

  private keep(id: number, schema: LoadedSchema): void {
    const { maxSchemas, maxCharacters } = this.limits;
    this.refused.delete(id);
    // Counted already: who waited for it asked before it was known.
    if (this.schemas.has(id)) return;
    this.schemas.set(id, schema);
    this.characters += schema.characters;
    for (const [oldest, { characters }] of this.schemas) {
      if (this.schemas.size <= maxSchemas && this.characters <= maxCharacters) break;
      // The newest one stays, however large it is: records wait for it.
      if (oldest === id) break;
      this.schemas.delete(oldest);
      this.characters -= characters;
    }
  }

  private refuse(id: number, { reason, rule }: Undecodable): void {
    // Again at the end: the map's order is that of their age.
    this.refused.delete(id);
    this.refused.set(id, { reason, rule, untilMs: this.clock.now() + this.limits.refusedMs });
    for (const oldest of this.refused.keys()) {
      if (this.refused.size <= this.limits.maxRefused) break;
      this.refused.delete(oldest);
    }
  }
}
