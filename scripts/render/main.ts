import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { differences } from './differences';
import { renderModels } from './render-models';

const HELP = `Writes dbt/rendered/: what dbt sends to Snowflake for each model, from a real run against a test server, and what each
column is made of, traced through that SQL.

  npm run render               write what differs
  npm run render -- --check    write nothing; list what differs and exit 1

Needs .tools/dbt and .tools/fakesnow (node scripts/das.mjs setup).
`;

const FOLDER = join(__dirname, '../../dbt/rendered');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  const files = await renderModels();
  const { stale, leftOver } = differences(FOLDER, files);
  if (values.check !== true) {
    for (const { path, text } of stale) {
      mkdirSync(dirname(join(FOLDER, path)), { recursive: true });
      writeFileSync(join(FOLDER, path), text);
    }
    for (const path of leftOver) rmSync(join(FOLDER, path));
  }
  const count = stale.length + leftOver.length;
  for (const path of [...stale.map((file) => file.path), ...leftOver]) {
    console.log(`${values.check === true ? 'differs' : 'written'}: dbt/rendered/${path}`);
  }
  console.log(`${files.length} files, ${count} ${values.check === true ? 'differ' : 'written'}`);
  if (values.check === true && count > 0) {
    console.error('run npm run render and commit the result');
    process.exitCode = 1;
  }
}

main().catch((thrown: unknown) => {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
});
