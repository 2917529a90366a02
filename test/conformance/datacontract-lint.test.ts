import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const CONTRACTS = readdirSync(join(ROOT, 'contracts'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.odcs.yaml'),
);

/** Another tool of the field reads our contracts. */
describe('datacontract lint', () => {
  it('has contracts to look at', () => {
    expect(CONTRACTS.length).toBeGreaterThanOrEqual(2);
  });

  it.each(CONTRACTS)('passes %s', (name) => {
    const command = join(ROOT, '.tools', 'python', 'bin', 'datacontract');
    const { status, stdout } = spawnSync(command, ['lint', join(ROOT, 'contracts', name)], {
      encoding: 'utf8',
    });
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('is valid') as string,
    });
  });
});
