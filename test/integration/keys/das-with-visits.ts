import { visitsEventsV1 } from '@das/testing';
import { runCli } from '../../../apps/das-cli/src/run-cli';
import { systemTerminal } from '../../../apps/das-cli/src/terminal';

/** The das command, of a fleet whose one stream is the tests' own: no stream in service tokenises yet. */
void runCli(process.argv.slice(2), {
  env: process.env,
  terminal: systemTerminal(),
  contracts: [visitsEventsV1],
  signal: new AbortController().signal,
}).then((code) => {
  process.exitCode = code;
});
