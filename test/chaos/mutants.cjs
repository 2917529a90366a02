/**
 * Breaks what a collector's bundle promises, to see that the chaos run finds it out (docs/performance.md has what it
 * found). Loaded into every process; it touches bundles of collectors alone.
 *
 *   CHAOS_MUTANT=kinesis-token NODE_OPTIONS=--require=./test/chaos/mutants.cjs npm run soak -- --source kinesis --minutes 1 --seed 7
 */
const { readFileSync } = require('node:fs');
const Module = require('node:module');

/** What stands in the bundle, and what stands there instead. */
const MUTANTS = {
  /** Reading goes on a record too late. */
  'kinesis-token': ['=> isWithin(record, from))', "=> isWithin(record, from)).slice('at' in from ? 2 : 0)"],
  /** Whoever once had a lease writes it. */
  'kinesis-fence': [
    "'#owner = :held_owner AND #term = :held_term'",
    "'attribute_exists(#owner) OR :held_owner <> :held_term'",
  ],
  /** Reading goes on a line too late. */
  's3-token': ['lineOf)(target.at) - 1', 'lineOf)(target.at) + 1'],
  /** Whoever once had an object writes its entry. */
  's3-fence': ["where: '#owner = :mine'", "where: ':mine = :mine'"],
  /** What has ended is done with, whether or not it is committed. */
  'done-early': ['!running.ended || !running.queue.isSettled ||', '!running.ended ||'],
};

const name = process.env.CHAOS_MUTANT ?? '';
const [from, to] = MUTANTS[name] ?? [];
if (from === undefined) throw new Error(`CHAOS_MUTANT is one of ${Object.keys(MUTANTS).join(', ')}`);

const load = Module._extensions['.js'];
Module._extensions['.js'] = (module, filename) => {
  if (!/\/dist\/apps\/[^/]+-collector\/main\.js$/.test(filename)) return load(module, filename);
  const text = readFileSync(filename, 'utf8');
  if (!text.includes(from)) throw new Error(`the mutant ${name} finds nothing to change`);
  module._compile(text.replaceAll(from, to), filename);
};
