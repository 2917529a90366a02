import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { complaints, runChaos, runRecovery } from '@das/testing';
import { readLargeObject } from './large-object';
import { HELP, readOptions, UsageError, type SoakOptions } from './options';
import { summary } from './summary';

/** What a shell says of a program that Ctrl-C ended. */
const INTERRUPTED = 130;
const LAST_LINES = 40;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** @returns the exit code */
async function soak(options: SoakOptions, signal: AbortSignal): Promise<number> {
  const { source, seed, minutes, profile, json } = options;
  const dir = resolve(options.dir);
  if (existsSync(dir)) throw new UsageError(`--dir ${options.dir} is there already: choose another one`);
  if (json !== undefined) {
    // An earlier report would pass for this run's, and a wrong path is known at once.
    mkdirSync(dirname(json), { recursive: true });
    rmSync(json, { force: true });
  }
  if (profile === 'object') return readLargeObject(dir, json, say);
  say(`${profile} of ${source}, seed ${seed}, ${minutes} minutes; data and logs in ${options.dir}/`);
  const run = profile === 'chaos' ? runChaos : runRecovery;
  try {
    const report = await run({ dir, source, seed, signal, onProgress: say }, { minutes });
    process.stdout.write(summary(report));
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
    if (complaints(report).length > 0) return wrong(dir);
  } catch (thrown) {
    say(thrown instanceof Error ? thrown.message : String(thrown));
    return wrong(dir);
  }
  rmSync(dir, { recursive: true });
  return signal.aborted ? INTERRUPTED : 0;
}

/** Says where to look. */
function wrong(dir: string): number {
  const log = join(dir, 'chaos.log');
  if (existsSync(log)) say(readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LAST_LINES).join('\n'));
  say(`everything is kept in ${dir}`);
  return 1;
}

async function main(): Promise<number> {
  const stop = new AbortController();
  let signals = 0;
  const onSignal = (): void => {
    // The second one does not wait; leaving kills the children.
    if (++signals > 1) process.exit(INTERRUPTED);
    say('ending: what was begun is brought to an end');
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  const options = readOptions(process.argv.slice(2));
  if (options !== undefined) return soak(options, stop.signal);
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
