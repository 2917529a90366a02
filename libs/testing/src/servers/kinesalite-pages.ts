import kinesaliteDb from 'kinesalite/db';

/** Records that kinesalite gives at most in one answer, as it is started here. */
export const PAGE = 500;

/**
 * Keeps kinesalite from looking at all the rest of a shard for each page, of one record even: a shard of ten thousand
 * would take it seconds.
 */
export function boundPages(): void {
  const { create } = kinesaliteDb;
  kinesaliteDb.create = (options) => {
    const store = create(options);
    const { getStreamDb } = store;
    const bounded = new WeakSet();
    store.getStreamDb = (name) => {
      const records = getStreamDb(name);
      if (bounded.has(records)) return records;
      bounded.add(records);
      const read = records.createReadStream.bind(records);
      records.createReadStream = (range) => read({ limit: PAGE, ...range });
      return records;
    };
    return store;
  };
}
