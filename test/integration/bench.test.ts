import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagedProcess } from '@das/testing';

/** That the benches run and say what they promise; how fast anything is, no test says. */
describe('npm run bench', () => {
  let dir: string;
  beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'das-bench-test-'))));
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });

  const bench = async (...args: readonly string[]): Promise<{ exit: unknown; last: string }> => {
    const logFile = join(dir, `${args.join('-')}.log`);
    const process = ManagedProcess.start({
      name: 'bench',
      command: globalThis.process.execPath,
      args: ['--import', 'tsx', join(__dirname, '../../bench/main.ts'), ...args],
      logFile,
    });
    const exit = await process.whenEnded();
    return { exit, last: readFileSync(logFile, 'utf8').trim().split('\n').at(-1) ?? '' };
  };

  it('measures a collector beside bare consumers', async () => {
    const { exit, last } = await bench('collector', '--events', '20000', '--json');
    const measured = {
      events: expect.any(Number) as number,
      eventsPerSecond: expect.any(Number) as number,
      eventsPerCpuSecond: expect.any(Number) as number,
      peakRssMb: expect.any(Number) as number,
    };
    expect(exit).toBe(0);
    expect(JSON.parse(last)).toMatchObject({
      against: 'discard',
      collector: measured,
      kafkajsRaw: { ...measured, events: 20_000 },
      javaConsumer: { ...measured, events: 20_000 },
      ratioPerCpuSecond: expect.any(Number) as number,
    });
  });

  it('measures the gate on fifty contracts', async () => {
    const { exit, last } = await bench('contract-check');
    expect(exit).toBe(0);
    expect(last).toMatch(/^50 contracts, 50 findings: /);
  });

  it('measures the pipeline step by step', async () => {
    const { exit, last } = await bench('pipeline', '--rounds', '1', '--json');
    expect(exit).toBe(0);
    const { pipeline, protection } = JSON.parse(last) as {
      readonly pipeline: readonly { readonly stage: string; readonly ratio: number }[];
      readonly protection: readonly { readonly stream: string; readonly ratio: number }[];
    };
    expect(protection.map(({ stream }) => stream)).toEqual([
      'orders, tags alone',
      'orders, with the link token',
      'auth, an address generalised',
      'visits, every protection',
    ]);
    for (const { ratio } of protection) expect(ratio).toBeGreaterThan(0);
    expect(pipeline.map(({ stage }) => stage)).toEqual([
      'JSON.parse',
      'parse',
      'parse, validate',
      'parse, validate, lateness',
      'parse, validate, lateness, row',
      'json-schema: decode',
      'json-schema: decode, parse … row',
      'avro: decode',
      'avro: decode, parse … row',
      'protobuf: decode',
      'protobuf: decode, parse … row',
    ]);
  });

  it('measures what refining takes, cold and for new rows', async () => {
    const { exit, last } = await bench('transform', '--rows', '2000', '--new', '200', '--json');
    const measured = {
      seconds: expect.any(Number) as number,
      cpuSeconds: expect.any(Number) as number,
      peakRssMb: expect.any(Number) as number,
    };
    expect(exit).toBe(0);
    const { transform } = JSON.parse(last) as {
      readonly transform: Readonly<
        Record<'cold' | 'warm', { readonly models: Readonly<Record<string, number>> }>
      >;
    };
    expect(transform).toMatchObject({ rows: 2_000, new: 200, cold: measured, warm: measured });
    for (const { models } of [transform.cold, transform.warm]) {
      expect(Object.keys(models)).toEqual(
        expect.arrayContaining(['orders_events', 'auth_events', 'orders', 'sessions']),
      );
    }
  });

  it.each([
    [['collector', '--events', 'many'], '--events takes a whole number of at least 1000, not many'],
    [['collector', '--against', 'sea'], '--against takes discard or lake, not sea'],
    [['transform', '--rows', 'all'], '--rows takes a positive number, not all'],
    [['transform-growth', '--runs', '0'], '--runs takes a positive number, not 0'],
    [['idle', '--seconds', '0'], '--seconds takes a positive number, not 0'],
  ])('refuses %j in one line', async (args, line) => {
    expect(await bench(...args)).toEqual({ exit: 2, last: line });
  });
});
