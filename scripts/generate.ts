import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { accountFiles, declareAccount, loadAccount } from '@das/account';
import {
  ContractError,
  generate,
  generateArtifacts,
  loadAccess,
  loadContracts,
  type GeneratedFile,
} from '@das/contracts';
import { generateGovernance } from '@das/governance';
import { domainsFile } from './domains-file';
import { leftOver } from './left-over';
import { rulesPage } from './rules-page';

const HELP = `Writes everything that is generated from contracts/*/*.odcs.yaml, there and in libs/testing
(docs/generated.md lists it), and removes what was generated from a contract that is gone.

  npm run generate               write what differs, remove what is left over
  npm run generate -- --check    write nothing; list what differs or is left over and exit 1
`;

const root = join(__dirname, '..');
/** The product's contracts, those that only tests use, and those of the template that collectors are made from. */
const FOLDERS = ['', 'libs/testing', 'apps/reference-collector'];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  const all = await Promise.all(FOLDERS.map(generateIn));
  const generated = [...all.flatMap(({ generated }) => generated), rulesPage()];
  const count = all.reduce((sum, { contracts }) => sum + contracts, 0);
  const stale = generated.filter(({ path, text }) => readIfThere(path) !== text);
  const left = leftOver(root, generated);
  if (values.check !== true) {
    stale.forEach(write);
    for (const path of left) rmSync(join(root, path));
  }
  for (const { path } of stale) console.log(`${values.check === true ? 'differs' : 'written'}: ${path}`);
  for (const path of left) console.log(`${values.check === true ? 'left over' : 'removed'}: ${path}`);
  console.log(
    `${generated.length} files from ${count} contracts, ${stale.length} ${values.check === true ? 'differ' : 'written'}, ${left.length} ${values.check === true ? 'left over' : 'removed'}`,
  );
  if (values.check === true && stale.length + left.length > 0) {
    console.error('run npm run generate and commit the result');
    process.exitCode = 1;
  }
}

/** What is generated from the contracts below a folder; it is written below the same one. */
async function generateIn(folder: string) {
  const names = readdirSync(join(root, folder, 'contracts'), { recursive: true, encoding: 'utf8' });
  const files = names
    .filter((name) => name.endsWith('.odcs.yaml'))
    .map((name) => `contracts/${name}`)
    .sort();
  const documents = loadContracts(files.map((file) => relative(process.cwd(), join(root, folder, file))));
  // Tests have contracts of their own, and the same roles and policies.
  const access = loadAccess(join(root, 'contracts'));
  const declaration = loadAccount(join(root, 'contracts'));
  // There is one account, and it is the product's; nobody is told of what only tests have.
  const ofProduct =
    folder === ''
      ? [
          ...accountFiles(declareAccount(documents, access, declaration)),
          ...generateArtifacts(documents, access),
          domainsFile(documents),
        ]
      : [];
  const generated = [...(await generate(documents)), ...generateGovernance(documents, access), ...ofProduct];
  return {
    contracts: files.length,
    generated: generated.map(({ path, text }): GeneratedFile => ({ path: join(folder, path), text })),
  };
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
