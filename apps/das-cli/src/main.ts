import { endOnUncaught } from '@das/pipeline';
import { runCli, tellFailure } from './run-cli';
import { STREAMS } from './streams';
import { systemTerminal } from './terminal';

const INTERRUPTED = 130;

const terminal = systemTerminal();
endOnUncaught((failure) => {
  tellFailure(failure, terminal);
});

const interruption = new AbortController();
// SIGHUP: the terminal was closed.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Asked twice: whatever still hangs is not waited for.
    if (interruption.signal.aborted) process.exit(INTERRUPTED);
    interruption.abort();
  });
}
// Whoever reads has seen enough, such as `head`.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  process.exit(code === 'EPIPE' ? 0 : 1);
});

void runCli(process.argv.slice(2), {
  env: process.env,
  terminal,
  contracts: STREAMS,
  signal: interruption.signal,
}).then((code) => {
  // What was printed and nobody took would keep this alive.
  if (interruption.signal.aborted) process.exit(INTERRUPTED);
  process.exitCode = code;
});
