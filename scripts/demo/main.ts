import { join, relative } from 'node:path';
import { allDomains, chooseDomains, unfedBecause, type DemoDomain } from './domains';
import { openFeeds, type FedStream } from './feeds/open-feeds';
import { startFleet, targetsFile, type Fleet } from './fleet';
import { measureStream, type StreamCount } from './measure-stream';
import { HELP, readOptions, type DemoOptions } from './options';
import { createProducer } from './producer';
import { count, Progress } from './progress';
import { shownTables, showProducts } from './products';
import { readSnapshot } from './refined';
import { isClean, prepareResult, resultOf, writeResult } from './result';
import { claimStateDir } from './state-dir';
import { openingWords } from './opening-words';
import { tableName } from './streams';
import { queryHint, summary } from './summary';
import { UsageError } from './usage-error';
import { watch, watchRefined } from './watch';

/** After the summary, to keep something moving on the screen. */
const TRICKLE_PER_SECOND = 50;
/** What a shell says of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** @returns the exit code */
async function demo(options: DemoOptions, asked: AbortSignal): Promise<number> {
  const all = allDomains();
  const domains = chooseDomains(all, options.domains);
  if (options.json !== undefined) prepareResult(options.json);
  const dir = claimStateDir(options.dir);
  for (const { name, unfed } of all.filter(
    (domain) => options.domains === undefined && domain.unfed.length > 0,
  ))
    say(`${name} is left out: ${unfedBecause(unfed)}`);
  const streams = domains.flatMap((domain) => domain.streams);
  say(`${openingWords(domains, options)}; state in ${relative('.', dir)}/`);
  const feeds = await openFeeds(dir, streams, options);
  let fleet: Fleet | undefined;
  let code: number;
  let complaints: readonly string[] = [];
  try {
    fleet = await startFleet(dir, feeds.streams, options);
    code = await runUntilOver({ options, domains, streams: feeds.streams, fleet }, asked);
  } finally {
    say('stopping');
    if (fleet !== undefined) complaints = await fleet.stop();
    await feeds.close();
    complaints.forEach(say);
  }
  return code === 0 && complaints.length > 0 ? 1 : code;
}

interface Run {
  readonly options: DemoOptions;
  readonly domains: readonly DemoDomain[];
  readonly streams: readonly FedStream[];
  readonly fleet: Fleet;
}

/** The work, which ends early when it is asked to, and when a process died. */
async function runUntilOver(run: Run, asked: AbortSignal): Promise<number> {
  const over = new AbortController();
  const work = produceAndMeasure(run, AbortSignal.any([asked, over.signal]));
  try {
    return await Promise.race([work, run.fleet.died]);
  } finally {
    // Nothing is sent any more when the feed closes.
    over.abort();
    await work.catch(() => undefined);
  }
}

async function produceAndMeasure(
  { options, domains, streams, fleet }: Run,
  stop: AbortSignal,
): Promise<number> {
  const producer = createProducer(streams, options.seed);
  const progress = new Progress(process.stderr);
  const sendAndWatch = async (events: number, rate: number): Promise<void> => {
    const sent = { all: false };
    const sending = producer.send(events, rate, stop).then(() => (sent.all = true));
    await Promise.all([sending, watch(producer, fleet, progress, () => sent.all, stop)]);
    progress.end();
  };

  const startedMs = performance.now();
  await sendAndWatch(options.events, options.rate);
  if (stop.aborted) return options.once ? INTERRUPTED : 0;

  const seconds = (performance.now() - startedMs) / 1000;
  const caughtUp = await watchRefined(producer, fleet, streams, progress, stop);
  progress.end();
  if (isAborted(stop)) return options.once ? INTERRUPTED : 0;
  if (!caughtUp) say(`GOLD has not caught up: ${join(options.dir, 'logs', 'transform.log')} says why`);
  const snapshot = fleet.refined === undefined ? undefined : readSnapshot(fleet.refined);
  const counts: StreamCount[] = [];
  for (const stream of streams) counts.push(await measureStream(stream, fleet, snapshot));
  const result = resultOf(counts, snapshot, seconds);
  if (snapshot !== undefined) process.stdout.write(`\n${await showProducts(snapshot, domains)}\n`);
  process.stdout.write(`${summary(result)}\n`);
  const shown = shownTables(domains.slice(0, 1)).at(-1);
  if (snapshot !== undefined && shown !== undefined)
    process.stdout.write(queryHint(options.dir, tableName(shown)));
  if (options.json !== undefined) writeResult(options.json, result);
  const code = isClean(result) ? 0 : 1;
  if (options.once) return code;

  const targets = relative('.', targetsFile(options.dir));
  say(`Ask the collectors:\n  npm run -s das -- fleet status --targets ${targets}\n`);
  say(`${count(TRICKLE_PER_SECOND)} events a second go on; Ctrl-C stops`);
  await sendAndWatch(Infinity, TRICKLE_PER_SECOND);
  return code;
}

/** Asked anew: it changes at any `await`. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

async function main(): Promise<number> {
  const stop = new AbortController();
  let signals = 0;
  const onSignal = (): void => {
    // The second one does not wait; leaving kills the children.
    if (++signals > 1) process.exit(INTERRUPTED);
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  const options = readOptions(process.argv.slice(2));
  if (options !== undefined) return demo(options, stop.signal);
  process.stdout.write(HELP);
  return 0;
}

main().then(
  (code) => process.exit(code),
  (thrown: unknown) => {
    say(thrown instanceof Error ? thrown.message : String(thrown));
    process.exit(thrown instanceof UsageError ? 2 : 1);
  },
);
