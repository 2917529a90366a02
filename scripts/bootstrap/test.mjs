import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { paths } from './console.mjs';
import { runJest } from './jest.mjs';
import { verify } from './verify.mjs';

/** The suites that start real servers, one test file at a time: they share two cores. */
const SUITES = ['integration', 'conformance', 'chaos'].filter((name) =>
  readdirSync(join(paths.root, 'test')).includes(name),
);

/** Everything; the last line is the result. */
export async function test(args) {
  const total = await verify(args);
  await build();
  for (const suite of SUITES) {
    const counts = await runJest(suite, ['--runInBand']);
    total.passed += counts.passed;
    total.failed += counts.failed;
  }
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
}
