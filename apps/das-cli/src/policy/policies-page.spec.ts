import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAccess, loadContracts } from '@das/contracts';
import { disagreements, INVARIANTS, parseExpectations, showLocal } from '@das/governance';
import { parse } from 'yaml';
import { runCli } from '../run-cli';
import { STREAMS } from '../streams';
import { RecordedTerminal } from '../testing/recorded-terminal';

const ROOT = join(__dirname, '../../../..');
const CONTRACTS = join(ROOT, 'contracts');
const PAGE = readFileSync(join(ROOT, 'docs/policies.md'), 'utf8');

const blocks = (language: string): readonly string[] =>
  [...PAGE.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);
const [template = '', example = ''] = blocks('yaml');
const [explained = '', , failure = ''] = blocks('console');

async function das(command: string, contracts = CONTRACTS) {
  const terminal = new RecordedTerminal();
  const args = command.replace(/^das /, '').split(' ');
  const code = await runCli([...args, '--contracts', contracts], {
    env: {},
    terminal,
    contracts: STREAMS,
    signal: new AbortController().signal,
  });
  return { code, out: terminal.out };
}

describe('the page of policies', () => {
  it('shows a template as it is', () => {
    const shown = parse(template) as { readonly forms: Readonly<Record<string, unknown>> };
    const { forms } = parse(readFileSync(join(CONTRACTS, 'policies/masking.yaml'), 'utf8')) as typeof shown;
    expect(shown.forms.domain).toEqual(forms.domain);
  });

  it('shows expectations that hold', async () => {
    const documents = loadContracts([
      join(CONTRACTS, 'brook_commerce/orders_events_v1.odcs.yaml'),
      join(CONTRACTS, 'brook_commerce/orders.odcs.yaml'),
    ]);
    const expected = [parseExpectations({ file: 'docs/policies.md', text: example })];
    expect(expected[0]?.cells).toHaveLength(2 * 2 * 2 * 4 + 2 * 4 + 2 * 4);
    const shown = await showLocal(documents, loadAccess(CONTRACTS), expected);
    expect(disagreements(expected, shown)).toEqual([]);
  });

  it('shows what das policy explain says', async () => {
    const asked = [...explained.matchAll(/^\$ (.*)\n(.*\n)/gm)];
    expect(asked).toHaveLength(2);
    for (const [, command = '', answer] of asked) expect((await das(command)).out).toBe(answer);
  });

  it('shows how a failure looks', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'das-page-'));
    try {
      const folder = join(dir, 'contracts');
      cpSync(CONTRACTS, folder, { recursive: true });
      const file = 'brook_commerce/expectations/orders.yaml';
      const text = readFileSync(join(folder, file), 'utf8');
      const wrong = text.replace(
        /(roles: \[ANALYST_EMEA\][\s\S]*?customer_email: )example\.com/,
        '$1example.org',
      );
      expect(wrong).not.toBe(text);
      writeFileSync(join(folder, file), wrong);
      const [, command = '', line = ''] = /^\$ (.*)\n(.*)\n$/.exec(failure) ?? [];
      const { code, out } = await das(command, folder);
      expect(code).toBe(1);
      // In which line it stands changes with the file.
      const placed = (told: string): string => told.replace(/^.*contracts\/(\S+?):\d+:\d+/, '$1');
      expect(out.split('\n').slice(0, -2).map(placed)).toContain(placed(line));
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('lists every invariant, and no other', () => {
    const rows = [...PAGE.matchAll(/^\| `([\w-]+)` \| (.*) \|$/gm)].map(([, name, says]) => [name, says]);
    expect(rows).toEqual(Object.entries(INVARIANTS));
  });
});
