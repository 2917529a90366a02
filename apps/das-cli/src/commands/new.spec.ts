import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../run-cli';
import { STREAMS } from '../streams';
import { RecordedTerminal } from '../testing/recorded-terminal';

const ROOT = join(__dirname, '..', '..', '..', '..');
const NEEDED = [
  'CODEOWNERS',
  'nest-cli.json',
  'docker-compose.yml',
  'dbt/profiles.yml',
  'contracts',
  'apps/reference-collector',
];

describe('das domain, collector and product new', () => {
  const root = mkdtempSync(join(tmpdir(), 'das-new-'));
  beforeAll(() => {
    for (const path of NEEDED) cpSync(join(ROOT, path), join(root, path), { recursive: true });
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  const there = (): readonly string[] => readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();

  /** @param answers - of a person; undefined: nobody is there */
  async function das(args: readonly string[], answers?: readonly string[], write = false) {
    const terminal = new RecordedTerminal();
    terminal.isInteractive = answers !== undefined;
    terminal.answers = [...(answers ?? [])];
    terminal.answer = write;
    const before = there();
    const code = await runCli([...args, '--root', root], {
      env: {},
      terminal,
      contracts: STREAMS,
      signal: new AbortController().signal,
    });
    const after = there();
    const fresh = after.filter((path) => !before.includes(path));
    return { code, out: terminal.out, lines: terminal.lines, fresh };
  }

  it('asks for what the command line does not say, and again where the answer will not do', async () => {
    const asked = await das(
      ['domain', 'new', '--write-only'],
      ['Specimen', 'specimen', 'brook_specimen', '', 'not a mail address', 'own@brook.example', ''],
      true,
    );
    expect(asked.lines).toEqual([
      'What is it called, such as brook_logistics?',
      expect.stringMatching(/^that is no name of a domain/),
      'What is it called, such as brook_logistics?',
      expect.stringMatching(/^specimen: a domain's name begins with the tenant's/),
      'What is it called, such as brook_logistics?',
      'Which team owns it? [specimen-data]',
      'Who answers for its data? [specimen-owner@brook.example]',
      expect.stringMatching(/owner is no address/),
      'Who answers for its data? [specimen-owner@brook.example]',
      'Who approves what its contracts weaken? [specimen-steward@brook.example]',
      expect.stringMatching(/^Write these \d+ files\?$/),
    ]);
    expect([asked.code, asked.fresh]).toEqual([
      0,
      ['', '/README.md', '/defaults.yaml', '/package.json'].map((name) => `contracts/brook_specimen${name}`),
    ]);
    const stream = await das(
      ['collector', 'new', '--write-only'],
      ['letters', 'brook_nowhere', 'brook_specimen', 'pigeon', 's3'],
      true,
    );
    expect(stream.lines).toEqual([
      'What is the stream called, such as shipments?',
      'Of which domain, such as brook_logistics?',
      expect.stringMatching(/das domain new brook_nowhere makes it/),
      'Of which domain, such as brook_logistics?',
      'Where is it: kafka, kinesis, s3?',
      '--source is one of kafka, kinesis, s3',
      'Where is it: kafka, kinesis, s3?',
      expect.stringMatching(/^Write these \d+ files\?$/),
    ]);
    expect([stream.code, stream.fresh]).toEqual([
      0,
      expect.arrayContaining(['contracts/brook_specimen/letters_files_v1.odcs.yaml']),
    ]);
    const product = await das(
      ['product', 'new', 'letters', '--domain', 'brook_specimen', '--write-only'],
      ['', 'letters_files_v1'],
      true,
    );
    expect(product.lines.slice(0, 3)).toEqual([
      'From which stream? [letters_events_v1]',
      expect.stringMatching(/letters_events_v1.odcs.yaml is not there/),
      'From which stream? [letters_events_v1]',
    ]);
    expect([product.code, product.fresh]).toEqual([
      0,
      expect.arrayContaining(['contracts/brook_specimen/letters.odcs.yaml']),
    ]);
  });

  it('ends where nobody finds an answer, and writes nothing where nobody confirms', async () => {
    const lost = await das(['collector', 'new'], ['', '', '']);
    expect([lost.code, lost.fresh, lost.lines.at(-1)]).toEqual([
      2,
      [],
      'das: the stream is missing: What is the stream called, such as shipments?',
    ]);
    const no = await das(['domain', 'new', 'brook_boxes'], ['', '', '']);
    expect([no.code, no.fresh, no.lines.at(-1)]).toEqual([0, [], 'nothing was written']);
  });

  it.each([
    [['domain', 'new', '--yes'], 'the name is missing'],
    [['collector', 'new', 'boxes', '--yes', '--source', 'kafka'], '--domain is missing'],
    [['collector', 'new', 'boxes', '--yes', '--domain', 'brook_specimen'], '--source is missing'],
    [
      ['collector', 'new', 'boxes', '--yes', '--domain', 'brook_specimen', '--source', 'pigeon'],
      'kinesis, s3',
    ],
    [['product', 'new', '--yes', '--domain', 'brook_specimen'], 'the name is missing'],
    [['product', 'new', 'boxes', '--yes', '--domain', 'brook_specimen'], 'boxes_events_v1.odcs.yaml is not'],
    [['domain', 'new', 'brook_boxes', '--yes', '--dry-run'], '--dry-run'],
  ])('asks nobody with --yes, and says what is missing: %j', async (args, message) => {
    const { code, out, lines, fresh } = await das(args, ['x', 'y', 'z'], true);
    expect([code, out, fresh, lines]).toEqual([2, '', [], [expect.stringContaining(message)]]);
  });

  it('says what it would write, and writes nothing, with --dry-run', async () => {
    const args = ['domain', 'new', 'brook_used_boxes', '--dry-run'];
    const told = await das(args);
    expect([told.code, told.fresh, told.lines]).toEqual([0, [], ['nothing was written (--dry-run)']]);
    expect(told.out).toMatch(/^changed {2}CODEOWNERS\n/);
    expect(told.out).toMatch(/^new {6}contracts\/brook_used_boxes\/defaults\.yaml$/m);
    const { out, fresh } = await das([...args, '--json']);
    expect(fresh).toEqual([]);
    expect(JSON.parse(out)).toEqual({
      files: expect.arrayContaining([
        { path: 'contracts/brook_used_boxes/defaults.yaml', change: 'new' },
      ]) as unknown,
    });
  });

  it('needs somebody to confirm', async () => {
    const { code, fresh, lines } = await das(['domain', 'new', 'brook_boxes']);
    expect([code, fresh, lines.at(-1)]).toEqual([2, [], expect.stringContaining('add --yes, or --dry-run')]);
  });
});
