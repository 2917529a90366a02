/** Producers use few names, and a hostile one uses as many as it likes: it must not fill the memory. */
const MOST = 2_000;

/** Remembers what was made for a key; forgets all when there are too many. */
export class BoundedMap<K, V extends string> {
  private readonly known = new Map<K, V | null>();

  get(key: K, make: (key: K) => V | undefined): V | undefined {
    const known = this.known.get(key);
    if (known !== undefined) return known ?? undefined;
    if (this.known.size >= MOST) this.known.clear();
    const made = make(key);
    // One look-up tells `undefined` that was made from a key that is not known.
    this.known.set(key, made ?? null);
    return made;
  }
}
