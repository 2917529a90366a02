import { collectorBench } from './collector/bench';
import { contractCheckBench } from './contract-check/bench';
import { pipelineBench } from './pipeline/bench';
import { scanBench } from './scan/bench';
import { idleBench } from './steady/idle';
import { slowSinkBench } from './steady/slow-sink';
import { transformBench } from './transform/bench';
import { growthBench } from './transform/growth';
import { UsageError } from './usage-error';

/** The benches by name; each measures against something else in one run, for a machine's own speed says little. */
const BENCHES: Readonly<Record<string, (args: readonly string[], stop: AbortSignal) => Promise<number>>> = {
  collector: collectorBench,
  pipeline: pipelineBench,
  scan: scanBench,
  idle: idleBench,
  'slow-sink': slowSinkBench,
  transform: transformBench,
  'transform-growth': growthBench,
  'contract-check': contractCheckBench,
};

const HELP = `Measures, and prints ratios. Nothing else should run on the machine meanwhile.

Usage: npm run bench -- <bench> [options]      <bench> --help lists its options

  collector    Kafka to the endpoint: events per second and per CPU-second, beside bare consumers
  pipeline     what an event costs between source and sink, step by step
  scan         what the scan for undeclared PHI costs, for each stream
  idle         the CPU of a collector that has nothing to do
  slow-sink    the memory of a collector whose endpoint is slower than its topic
  transform    all models on DuckDB: over a million rows, then for new ones; time and memory
  transform-growth  what SILVER takes for the same number of new rows while its tables grow tenfold
  contract-check    the gate on fifty contracts, most of which have changed

Examples:
  npm run bench -- collector
  npm run -s bench -- collector --events 1000000 --json > result.json
`;

const INTERRUPTED = 130;

async function main([name, ...args]: readonly string[]): Promise<number> {
  const bench = name === undefined ? undefined : BENCHES[name];
  if (bench === undefined) {
    const asked = name === undefined || name === '--help' || name === '-h';
    (asked ? process.stdout : process.stderr).write(HELP);
    return asked ? 0 : 2;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // The second one does not wait; leaving kills the children.
      if (stop.signal.aborted) process.exit(INTERRUPTED);
      stop.abort();
    });
  }
  const code = await bench(args, stop.signal);
  return stop.signal.aborted ? INTERRUPTED : code;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (thrown: unknown) => {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    process.exit(thrown instanceof UsageError ? 2 : 1);
  },
);
