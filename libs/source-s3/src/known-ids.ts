/** So many ids, the newest ones, without asking the ledger again. */
const MOST = 100_000;

/** Objects that are known to be over: most of what a listing finds. */
export class KnownIds {
  private ids = new Set<string>();
  private older = new Set<string>();

  has(id: string): boolean {
    return this.ids.has(id) || this.older.has(id);
  }

  add(id: string): void {
    this.ids.add(id);
    if (this.ids.size < MOST / 2) return;
    this.older = this.ids;
    this.ids = new Set();
  }
}
