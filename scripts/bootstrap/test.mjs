import { build } from './build.mjs';
import { fail, Interrupted } from './console.mjs';
import { runJest } from './jest.mjs';
import { verify } from './verify.mjs';

/** The suites that start real servers. They wait much of the time: three files of integration run at a time on two cores, two of chaos. */
const SUITES = [
  ['integration', '--maxWorkers=3'],
  ['conformance', '--runInBand'],
  ['chaos', '--maxWorkers=2'],
];

/** Everything; the last line is the result. */
export async function test(args) {
  const total = await verify(args);
  const results = [await builds()];
  for (const [suite, workers] of SUITES) results.push(await runJest(suite, [workers]));
  for (const { passed, failed } of results) {
    total.passed += passed;
    total.failed += failed;
  }
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
}

/** The suites start the bundles; where these cannot be built the rest is still worth knowing. */
async function builds() {
  try {
    await build({ always: true });
    return { passed: 1, failed: 0 };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    fail(error);
    return { passed: 0, failed: 1 };
  }
}
