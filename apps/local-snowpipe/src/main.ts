import { endOnUncaught } from '@das/pipeline';
import { HELP, readOptions, UsageError } from './options';
import { describeBug, startServer } from './server';

/** Longest wait for the last commit. */
const STOP_MS = 10_000;

endOnUncaught((failure) => {
  process.stderr.write(`${[failure.line, ...failure.places].join('\n    at ')}\n`);
});

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(HELP);
    return;
  }
  const server = await startServer(options, {
    log: (line) => void process.stderr.write(`${new Date().toISOString()} ${line}\n`),
    die: () => process.exit(1),
  });
  process.stdout.write(
    `${JSON.stringify({ ready: true, url: server.url, lake: options.discard ? null : options.lake })}\n`,
  );
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    void server.stop().then((isCommitted) => process.exit(isCommitted ? 0 : 1));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const known = error instanceof UsageError || (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  process.stderr.write(`${known ? (error as Error).message : describeBug(error)}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
});
