#!/usr/bin/env node
// The door to everything, for a fresh clone: needs Node alone and installs what else is missing.
import { account } from './bootstrap/account.mjs';
import { build } from './bootstrap/build.mjs';
import { fail, paths, say } from './bootstrap/console.mjs';
import { makeDocs, runDbt } from './bootstrap/dbt.mjs';
import { checkPrerequisites, hasPython, installNpm, prepare } from './bootstrap/install.mjs';
import { runNode } from './bootstrap/run.mjs';
import { test } from './bootstrap/test.mjs';
import { verify } from './bootstrap/verify.mjs';

const HELP = `Usage: node scripts/das.mjs <command> [options]      (or: npm run <command> -- [options])

  demo             events of every domain into BRONZE, SILVER and GOLD; demo --help lists its options
  test             verify, then every suite on real servers; ends with "N passed, N failed"
  soak             troubles of every kind for as long as you like; soak --help lists its options
  verify           format, lint, types, boundaries, dead code, generated code, SQL, unit tests
  build            bundle every app into dist/apps/<app>/main.js
  local-snowpipe   the development ingest endpoint; local-snowpipe --help lists its options
  cli              the das command, as npm run -s das -- <command>: SILVER and GOLD, dead letters, …
  dbt              dbt itself, on the lake that the demo leaves or DAS_LAKE names; such as dbt build, dbt test
  account          plan or deploy the Snowflake account as it is declared; account --help says how
  docs             the pages of SILVER and GOLD, as one file: dist/docs/index.html
  bench            how fast a collector is, beside bare consumers; bench --help lists the benches
  setup            install what the commands above need, and nothing else

Each installs what it needs and is missing. Examples:

  npm run demo
  npm run demo -- --once --events 20000 --json result.json
  npm run demo -- --kafka
  npm run soak -- --minutes 30
  npm test
`;

/** Commands of the cli that start a collector's bundle. */
const START_COLLECTORS = ['channel', 'dlq'];

const commands = {
  async demo(args) {
    const demo = ['--import', 'tsx', 'scripts/demo/main.ts', ...args];
    if (args.includes('--help') || args.includes('-h')) {
      await installNpm();
      return runNode(demo);
    }
    const dbt = !args.includes('--bronze-only');
    const lacksPython = !hasPython();
    const journal = args.includes('--journal') || lacksPython;
    if (lacksPython)
      say(
        dbt
          ? 'npm run demo -- --bronze-only does without Python'
          : 'Python 3.10 or newer is missing: journal files stand for Kinesis and S3',
      );
    await prepare({ npm: true, kafka: args.includes('--kafka'), dbt, python: !journal });
    await build();
    return runNode(journal ? [...demo, '--journal'] : demo);
  },
  async test(args) {
    await prepare({ npm: true, python: true, dbt: true, fakesnow: true, kafka: true, registry: true });
    return test(args);
  },
  async soak(args) {
    const asksForHelp = args.includes('--help') || args.includes('-h');
    await prepare({ npm: true, kafka: !asksForHelp });
    if (!asksForHelp) await build();
    return runNode(['--import', 'tsx', 'scripts/soak/main.ts', ...args]);
  },
  async verify(args) {
    await prepare({ npm: true, dbt: true });
    return (await verify(args)).failed === 0 ? 0 : 1;
  },
  async build() {
    await installNpm();
    await build({ always: true });
    return 0;
  },
  async 'local-snowpipe'(args) {
    await installNpm();
    await build({ only: ['local-snowpipe'] });
    return runNode([`${paths.dist}/local-snowpipe/main.js`, ...args]);
  },
  /** In this process, so that a person can be asked. It sets the exit code itself. */
  async cli(args) {
    await installNpm();
    await build(START_COLLECTORS.includes(args[0]) ? {} : { only: ['das-cli'] });
    process.argv.splice(1, Infinity, 'das', ...args);
    await import(`${paths.dist}/das-cli/main.js`);
  },
  async dbt(args) {
    await prepare({ dbt: true });
    return runDbt(args);
  },
  async account(args) {
    const asksForHelp = args.length === 0 || args.includes('--help') || args.includes('-h');
    await prepare({ dbt: !asksForHelp });
    return account(args);
  },
  async docs() {
    await prepare({ dbt: true });
    await makeDocs();
    return 0;
  },
  async bench(args) {
    await prepare({ npm: true, kafka: true, dbt: true });
    await build();
    return runNode(['--import', 'tsx', 'bench/main.ts', ...args]);
  },
  async setup() {
    await prepare({ npm: true, python: true, dbt: true, fakesnow: true, kafka: true, registry: true });
    return 0;
  },
};

const [name, ...args] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  const asked = name === undefined || name === '--help' || name === '-h' || name === 'help';
  process.stdout.write(HELP);
  process.exitCode = asked ? 0 : 2;
} else {
  try {
    checkPrerequisites({});
    const code = await command(args);
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    process.exitCode = fail(error);
  }
}
