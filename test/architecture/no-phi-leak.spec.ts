import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { RuleTester, type Rule } from 'eslint';
import { parser } from 'typescript-eslint';

const ROOT = join(__dirname, '..', '..');
const required = createRequire(__filename);
const { noPhiLeak } = required('../../lint/no-phi-leak.cjs') as { noPhiLeak: Rule.RuleModule };
const { PHI_ALLOWED } = required('../../lint/phi-allowed.cjs') as {
  PHI_ALLOWED: Readonly<Record<string, string>>;
};
/** Cases stand in for this file, and have what it may import. */
const FILE = join(ROOT, 'libs/collector/src/log-observer.ts');

const HEAD = `
import type { OrdersEventsV1 } from '@contracts/brook-commerce';
import { Phi } from '@das/phi';
import { Failure, type DeadLetter, type Draft, type SourceRecord } from '@das/pipeline';
import type { KafkaMessage } from 'kafkajs';
import { inspect, format } from 'node:util';
import type { Logger } from 'pino';
import type { Counter } from 'prom-client';
declare const phi: Phi<string>, draft: Draft, record: SourceRecord, letter: DeadLetter, message: KafkaMessage;
declare const order: OrdersEventsV1, log: Logger, logger: Logger, counter: Counter, level: 'info' | 'warn';
declare function hashOf(record: SourceRecord): string;
`;

const LEAKS = [
  'console.log(phi);',
  'console.error("refused", record);',
  'log.info({ draft });',
  'logger.warn({ partition: "1", record }, "refused");',
  'logger[level](draft);',
  'logger.child({ record });',
  'logger.error({ event: draft.event }, "refused");',
  'logger.error({ list: [1, { deep: order.customer.email }] });',
  'throw new Error(order.customer.name);',
  'throw new TypeError(`no value: ${record.value}`);',
  'throw new Failure("data", "code", "no " + record.key);',
  'throw new Failure("data", "code", "text", { cause: draft });',
  'throw record;',
  'JSON.stringify(draft.event);',
  'JSON.stringify({ a: [record] });',
  'String(phi);',
  'String(message.value);',
  'inspect(draft);',
  'format("%o", record);',
  '`${draft.payload}`;',
  '`${Buffer.from(draft.payload).toString("utf8")}`;',
  '`${new TextDecoder().decode(record.value ?? undefined)}`;',
  '"a " + record.headers[0];',
  'let text = ""; text += record.value?.toString();',
  'counter.inc({ reason: order.coupon });',
  'counter.labels(order.region);',
  'process.stdout.write(record.value!);',
  'process.stderr.write(letter.record.value!);',
  'const { value } = record; console.log(value);',
  'const text = record.value === null ? "" : record.value.toString(); const again = text; log.info(again);',
  'const { customer } = order; log.info({ customer });',
  'for (const [name, value] of record.headers) console.log(name, value.length);',
  'const show = ({ payload }: Draft) => `${payload}`;',
  'const show = (records: readonly SourceRecord[]) => { log.debug({ records }); };',
  'const show = (one: SourceRecord | undefined) => { log.debug({ first: one?.key }); };',
];

const REVEAL = 'hashOf(phi.reveal() as never);';

const SOUND = [
  'log.info({ partition: "1", position: record.position }, "running");',
  'log.info({ isLate: draft.isLate, bytes: draft.payload.length, tags: draft.phiTags.length });',
  '`${record.position} ${record.timestampMs} ${hashOf(record)} ${draft.contract.stream}`;',
  'log.info({ empty: record.value === null, headers: record.headers.length });',
  'throw new Failure("data", "code", "a record is at fault");',
  'JSON.stringify({ stream: draft.contract.stream });',
  'const { position, value } = record; log.info({ position, bytes: value?.byteLength });',
  'console.log("plain", [1, 2], { a: true });',
  'counter.inc({ reason: "too_late" });',
  'const copy = Buffer.from(record.value ?? []); hashOf({ ...record, value: copy });',
  'const made = phi.map((value) => value.length);',
];

/** One file of one statement a line: a program for each would take half a second. */
const fileOf = (statements: readonly string[]): string =>
  HEAD + statements.map((one) => `{ ${one} }\n`).join('');
const FIRST_LINE = HEAD.split('\n').length;

new RuleTester({
  languageOptions: {
    parser,
    parserOptions: {
      project: 'lint/tsconfig.json',
      tsconfigRootDir: ROOT,
      // In CI the parser would take the file as it is on the disk, and not the case.
      disallowAutomaticSingleRunInference: true,
    },
  },
}).run('no-phi-leak', noPhiLeak, {
  valid: [
    { name: 'what leaks nothing', code: fileOf(SOUND), filename: FILE },
    {
      name: 'a file that is listed',
      code: fileOf([...LEAKS, REVEAL]),
      filename: FILE,
      options: [{ root: ROOT, allowed: { 'libs/collector/src/log-observer.ts': 'a test' } }],
    },
  ],
  invalid: [
    {
      name: 'each leak, once',
      code: fileOf(LEAKS),
      filename: FILE,
      errors: LEAKS.map((_, index) => ({ messageId: 'leak', line: FIRST_LINE + index })),
    },
    { name: 'what reveals', code: fileOf([REVEAL]), filename: FILE, errors: [{ messageId: 'reveal' }] },
  ],
});

describe('the rule', () => {
  it('is on in the product, and only there', () => {
    const files = [
      'apps/das-cli/src/main.ts',
      'libs/pipeline/src/envelope.ts',
      'libs/pipeline/src/envelope.spec.ts',
    ];
    expect(levelsIn(files)).toEqual([2, 2, null]);
  });

  it.each(Object.entries(PHI_ALLOWED))('is off in %s, which %s', (file, why) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    expect(why.length).toBeGreaterThan(20);
  });
});

const ASK = `
import { ESLint } from 'eslint';
const eslint = new ESLint();
const configs = await Promise.all(process.argv.slice(1).map((file) => eslint.calculateConfigForFile(file)));
console.log(JSON.stringify(configs.map(({ rules }) => rules['das/no-phi-leak']?.[0] ?? null)));
`;

/** 2: an error; null: not looked at. */
function levelsIn(files: readonly string[]): unknown {
  const args = ['--input-type=module', '--eval', ASK, ...files];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }));
}
