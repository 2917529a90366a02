import type { DataKey } from '@das/pipeline';

/** A key in memory. Its material is given out, and never printed: not by JSON, `inspect` or a logger. */
export class HeldKey implements DataKey {
  readonly #material: Uint8Array;
  readonly #previous: DataKey | undefined;

  constructor(
    readonly id: string,
    material: Uint8Array,
    previous?: DataKey,
  ) {
    this.#material = material;
    this.#previous = previous;
  }

  get material(): Uint8Array {
    return this.#material;
  }

  get previous(): DataKey | undefined {
    return this.#previous;
  }
}
