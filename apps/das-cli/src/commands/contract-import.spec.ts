import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Import } from '@das/contracts';
import { runCli } from '../run-cli';
import { STREAMS } from '../streams';
import { RecordedTerminal } from '../testing/recorded-terminal';

const ROOT = join(__dirname, '..', '..', '..', '..');
const EXAMPLES = join(ROOT, 'libs', 'contracts', 'src', 'import', 'examples');
const folder = mkdtempSync(join(tmpdir(), 'das-import-'));
const contracts = join(folder, 'contracts');
beforeAll(() => {
  cpSync(join(ROOT, 'contracts'), contracts, { recursive: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function das(...args: readonly string[]) {
  const terminal = new RecordedTerminal();
  const code = await runCli(['contract', ...args, '--contracts', contracts], {
    env: {},
    terminal,
    contracts: STREAMS,
    signal: new AbortController().signal,
  });
  return { code, out: terminal.out, lines: terminal.lines };
}

describe('das contract import', () => {
  it('writes a contract that lint finds sound, and never over one', async () => {
    const file = join(EXAMPLES, 'refunds.yaml');
    const { code, lines } = await das('import', file, '--write');
    expect(code).toBe(0);
    expect(lines).toContainEqual(
      expect.stringMatching(/^taken: .*refunds\.yaml:\d+:\d+ schemas\.0\.columns\.4: is masked as domain/),
    );
    const written = join(contracts, 'brook_commerce', 'refunds.odcs.yaml');
    expect(readFileSync(written, 'utf8')).toMatch(/^apiVersion: v3\.1\.0\n/);
    expect(await das('lint')).toMatchObject({ code: 0 });
    const again = await das('import', file, '--write');
    expect([again.code, again.lines.at(-1)]).toEqual([2, expect.stringContaining('is there already')]);
    rmSync(written);
  });

  it('makes nothing where something is open', async () => {
    const { code, out, lines } = await das('import', join(EXAMPLES, 'undecided.yaml'), '--write');
    expect([code, out]).toEqual([1, '']);
    expect(lines).toContainEqual(expect.stringMatching(/^open: .*:20:27 .*restricted/));
    expect(existsSync(join(contracts, 'brook_commerce', 'loyalty.odcs.yaml'))).toBe(false);
  });

  it('prints one object', async () => {
    const { code, out, lines } = await das('import', join(EXAMPLES, 'undecided.yaml'), '--json');
    expect([code, lines]).toEqual([1, []]);
    const { text, open } = JSON.parse(out) as Import;
    expect([text, open.length]).toEqual([null, 16]);
  });

  it('says which file cannot be read', async () => {
    const { code, lines } = await das('import', 'nowhere.yaml');
    expect([code, lines.join()]).toEqual([2, expect.stringContaining('nowhere.yaml cannot be read')]);
  });
});
