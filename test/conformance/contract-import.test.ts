import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importContract, loadAccess, loadContracts, type ContractText } from '@das/contracts';

const ROOT = join(__dirname, '..', '..');
const EXAMPLES = join(ROOT, 'libs', 'contracts', 'src', 'import', 'examples');
const folder = mkdtempSync(join(tmpdir(), 'das-imported-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const text = (name: string): ContractText => ({
  file: name,
  text: readFileSync(join(EXAMPLES, name), 'utf8'),
});

/** Another tool of the field reads what was imported. */
describe('datacontract lint, of what das contract import makes', () => {
  const access = loadAccess(join(ROOT, 'contracts'));
  const documents = loadContracts(
    readdirSync(join(ROOT, 'contracts'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.odcs.yaml'))
      .map((name) => join(ROOT, 'contracts', name)),
  );

  const NAMES = ['refunds', 'carts', 'appointments', 'stays', 'tariffs', 'regions'];
  it.each(NAMES.map((name) => `${name}.yaml`))('passes %s', (name) => {
    const defaults = name === 'regions.yaml' ? text('commerce-defaults.yaml') : undefined;
    const made = importContract(text(name), { defaults, documents, access });
    const file = join(folder, name);
    writeFileSync(file, made.text ?? '');
    const command = join(ROOT, '.tools', 'python', 'bin', 'datacontract');
    const { status, stdout } = spawnSync(command, ['lint', file], { encoding: 'utf8' });
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('is valid') as string,
    });
  });
});
