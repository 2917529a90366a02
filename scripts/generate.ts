import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ContractError, generate, loadContract, type GeneratedFile } from '@das/contracts';

const HELP = `Writes everything that is generated from contracts/*/*.odcs.yaml.

  npm run generate               write what differs
  npm run generate -- --check    write nothing; list what differs and exit 1
`;

const root = join(__dirname, '..');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  const files = contractFiles();
  const generated = await generate(
    files.map((file) => ({ file, document: loadContract(relative(process.cwd(), join(root, file))) })),
  );
  const stale = generated.filter(({ path, text }) => readIfThere(path) !== text);
  if (values.check !== true) stale.forEach(write);
  for (const { path } of stale) console.log(`${values.check === true ? 'differs' : 'written'}: ${path}`);
  console.log(
    `${generated.length} files from ${files.length} contracts, ${stale.length} ${values.check === true ? 'differ' : 'written'}`,
  );
  if (values.check === true && stale.length > 0) {
    console.error('run npm run generate and commit the result');
    process.exitCode = 1;
  }
}

function contractFiles(): readonly string[] {
  const names = readdirSync(join(root, 'contracts'), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.odcs.yaml'))
    .map((name) => `contracts/${name}`)
    .sort();
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

function write({ path, text }: GeneratedFile): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

main().catch((thrown: unknown) => {
  console.error(thrown instanceof ContractError ? thrown.message : thrown);
  process.exitCode = 1;
});
