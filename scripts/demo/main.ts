import { mkdirSync, rmSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openJournalFeed, openKafkaFeed, type Feed } from './feed';
import { startFleet, type Fleet } from './fleet';
import { HELP, readOptions, UsageError, type DemoOptions } from './options';
import { createProducer, type Producer } from './producer';
import { count, Progress } from './progress';
import { isClean, measure, summary, writeResult } from './result';

const LOOK_MS = 250;
/** No commit for so long, with records waiting: something is stuck, and the recount will say what. */
const STUCK_MS = 30_000;
/** After the summary, to keep something moving on the screen. */
const TRICKLE_PER_SECOND = 50;

async function demo(options: DemoOptions, stop: AbortSignal): Promise<number> {
  const dir = resolve(options.dir);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const say = (text: string): void => void process.stderr.write(`${text}\n`);

  say(
    `starting ${options.kafka ? 'a Kafka broker, ' : ''}local-snowpipe and two collectors; state in ${relative('.', dir)}/`,
  );
  const feed = await (options.kafka ? openKafkaFeed(dir) : openJournalFeed(dir));
  let fleet: Fleet | undefined;
  try {
    fleet = await startFleet(dir, feed.source);
    const code = await Promise.race([produceAndMeasure(options, feed, fleet, stop), fleet.died]);
    say('stopping');
    return code;
  } finally {
    await fleet?.stop();
    await feed.close();
  }
}

async function produceAndMeasure(
  options: DemoOptions,
  feed: Feed,
  fleet: Fleet,
  stop: AbortSignal,
): Promise<number> {
  const producer = createProducer(feed, options.seed);
  const progress = new Progress(process.stderr);
  const startedMs = performance.now();
  const sending = producer.send(options.events, options.rate, stop);
  const sent = { all: false };
  void sending.finally(() => (sent.all = true));
  await watch(producer, fleet, progress, () => sent.all, stop);
  await sending;
  progress.end();
  if (stop.aborted) return 0;

  const result = await measure(feed, fleet.lake, (performance.now() - startedMs) / 1000);
  process.stdout.write(`${summary(result)}\n`);
  if (options.json !== undefined) writeResult(options.json, result);
  const code = isClean(result) ? 0 : 1;
  if (options.once) return code;

  process.stderr.write(`${count(TRICKLE_PER_SECOND)} events a second go on; Ctrl-C stops\n`);
  const trickle = producer.send(Infinity, TRICKLE_PER_SECOND, stop);
  await watch(producer, fleet, progress, () => false, stop);
  await trickle;
  progress.end();
  return code;
}

/** Shows progress until everything that was produced is accounted for, or nothing moves any more. */
async function watch(
  producer: Producer,
  fleet: Fleet,
  progress: Progress,
  allSent: () => boolean,
  stop: AbortSignal,
): Promise<void> {
  let last = -1;
  let movedMs = performance.now();
  while (!stop.aborted) {
    const counts = await fleet.counts();
    progress.show(producer.produced, counts);
    const settled = counts.committed + counts.dropped;
    if (allSent() && settled >= producer.produced) return;
    if (settled !== last) movedMs = performance.now();
    last = settled;
    if (allSent() && performance.now() - movedMs > STUCK_MS) return;
    await sleep(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function main(): Promise<void> {
  const stop = new AbortController();
  let asked = 0;
  const onSignal = (): void => {
    // The second Ctrl-C does not wait; leaving kills the children.
    if (++asked > 1) process.exit(130);
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) process.stdout.write(HELP);
  else process.exitCode = await demo(options, stop.signal);
}

main().then(
  () => process.exit(),
  (thrown: unknown) => {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    process.exit(thrown instanceof UsageError ? 2 : 1);
  },
);
