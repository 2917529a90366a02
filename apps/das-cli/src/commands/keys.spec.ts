import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { visitsEventsV1 } from '@das/testing';
import { runCli } from '../run-cli';
import { RecordedTerminal } from '../testing/recorded-terminal';

describe('das keys', () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'das-cli-keys-'));
    file = join(directory, 'keys.json');
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  async function das(...args: readonly string[]) {
    const terminal = new RecordedTerminal();
    const code = await runCli(['keys', ...args], {
      env: { PHI_KEY_FILE: file, DAS_LAKE: directory },
      terminal,
      contracts: [visitsEventsV1],
      signal: new AbortController().signal,
    });
    return { code, out: terminal.out, line: terminal.lines.join('\n') };
  }

  const list = async () => JSON.parse((await das('list', '--json')).out) as Record<string, unknown>[];

  it('makes what is missing, for its owner alone, and keeps what is there', async () => {
    expect((await das('make')).code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const first = readFileSync(file, 'utf8');
    expect((await das('make')).out).toBe('nothing is missing\n');
    expect(readFileSync(file, 'utf8')).toBe(first);
    const { keys } = JSON.parse(first) as { keys: object[] };
    writeFileSync(file, JSON.stringify({ keys: keys.slice(1) }));
    expect(JSON.parse((await das('make', '--json')).out)).toEqual([
      { purpose: 'dead-letter', id: expect.stringMatching(/^dead-letter-1-[0-9a-f]{4}$/) as unknown },
    ]);
  });

  it('lists states and streams, and no material', async () => {
    await das('make');
    await das('rotate', 'encrypt:brook_clinic');
    const found = (await list()).map(({ purpose, state, streams }) => [purpose, state, streams]);
    const streams = ['visits_events_v1'];
    expect(found).toEqual([
      ['dead-letter', 'in use', streams],
      ['record-hash', 'in use', streams],
      ['link', 'in use', streams],
      ['token:brook_clinic', 'in use', streams],
      ['encrypt:brook_clinic', 'earlier', streams],
      ['encrypt:brook_clinic', 'in use', streams],
    ]);
    const ring = JSON.parse(readFileSync(file, 'utf8')) as { keys: { material: string }[] };
    const shown = `${(await das('list')).out}${JSON.stringify(await list())}`;
    for (const { material } of ring.keys) expect(shown).not.toContain(material);
  });

  it.each([
    [['rotate', 'token:brook_clinic'], 78, /never exchanged.*das keys rekey token:brook_clinic/],
    [['rotate', 'link'], 78, /das keys rekey link/],
    [['rekey', 'dead-letter', '--dry-run'], 78, /make no tokens.*das keys rotate dead-letter/],
    [['rekey', 'token:brook_clinic'], 2, /nobody is there to confirm: add --yes/],
    [['rekey', 'token:lunch', '--dry-run'], 78, /no key for the purpose token:lunch/],
    [['rotate', 'lunch'], 2, /token:<domain> or encrypt:<domain>/],
    [['make', '--lunch'], 2, /unknown option/],
  ])('%j ends with %i, in one line', async (args, code, line) => {
    await das('make');
    const before = readFileSync(file, 'utf8');
    const ended = await das(...args);
    expect([ended.code, ended.out]).toEqual([code, '']);
    expect(ended.line).toMatch(line);
    expect(ended.line.split('\n')).toHaveLength(1);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('adds the next key of tokens without using it, once', async () => {
    await das('make');
    for (let twice = 0; twice < 2; twice++) {
      const { code, out } = await das('rekey', 'token:brook_clinic', '--until', 'added', '--yes', '--json');
      expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ step: 'added' })]);
    }
    const tokens = (await list()).filter(({ purpose }) => purpose === 'token:brook_clinic');
    expect(tokens.map(({ state }) => state)).toEqual(['in use', 'pending']);
  });
});
