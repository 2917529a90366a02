import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContractError, type Finding } from './finding';
import { loadContract, parseContract } from './load-contract';

const FILE = 'contracts/brook_commerce/orders_events_v1.odcs.yaml';
const PATH = join(__dirname, '..', '..', '..', FILE);
const ORDERS = readFileSync(PATH, 'utf8');

/** The orders contract with one change; a change that changes nothing is the spec's own mistake. */
function changed(from: string, to: string, text = ORDERS): string {
  expect(text).toContain(from);
  return text.replace(from, to);
}

function findings(text: string, file = FILE): readonly Finding[] {
  try {
    parseContract(text, file);
  } catch (error) {
    if (error instanceof ContractError) return error.findings;
    throw error;
  }
  return [];
}

/** Line and column of the first occurrence, as editors count. */
function placeOf(found: string, text: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf(found)).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

describe('loadContract', () => {
  it.each(['orders_events_v1', 'auth_events_v1'])('reads %s', (stream) => {
    const file = join(__dirname, `../../../contracts/brook_commerce/${stream}.odcs.yaml`);
    expect(loadContract(file)).toMatchObject({ name: stream, domain: 'brook_commerce', version: '1.0.0' });
  });
});

describe('parseContract', () => {
  it('names file, line, column, path, fault and cure', () => {
    const text = changed('onGap: stop', 'onGap: go');
    const { line, column } = placeOf('go\n      onOffset', text);
    expect(() => parseContract(text, FILE)).toThrow(
      `${FILE}:${line}:${column} customProperties.0.value.onGap: is none of stop, continue`,
    );
  });

  it('reports everything that is wrong at once, shape and agreement', () => {
    let text = changed('das.protect', 'das.protekt');
    text = changed('watermark: PT2H', 'watermark: 2h', text);
    text = changed('{ region: region }', '{ region: regoin }', text);
    expect(findings(text).map(({ path }) => path)).toEqual([
      'schema.0.properties.6.properties.0.customProperties.0.property',
      'customProperties.0.value.lateness.watermark',
      'schema.0.customProperties.0.value.columns.region',
    ]);
  });

  it('places a missing key at what should hold it', () => {
    const text = changed('dataProduct: orders\n', '');
    expect(findings(text)).toEqual([
      { file: FILE, line: 1, column: 1, path: 'dataProduct', message: 'is missing: a string' },
    ]);
  });

  it('places an unknown key where it stands', () => {
    const text = changed('      onGap: stop', '      onGap: stop\n      onGapp: stop');
    const { line } = placeOf('onGapp', text);
    expect(findings(text)).toMatchObject([
      { line, path: 'customProperties.0.value.onGapp', message: 'is not known here: a typing error?' },
    ]);
  });

  it('asks for quotes where YAML reads a number', () => {
    expect(findings(changed('version: 1.0.0', 'version: 1.0'))).toMatchObject([
      { path: 'version', message: 'is a number here: put it in quotes' },
    ]);
  });

  it('reports a key that is given twice', () => {
    const text = changed('status: active', 'status: active\nstatus: draft');
    expect(findings(text)).toMatchObject([
      { ...placeOf('status: draft', text), message: 'not YAML: Map keys must be unique' },
    ]);
  });

  it('reports the first syntax error and none of its echoes', () => {
    const text = changed('schema:\n', 'schema: [\n');
    expect(findings(text)).toMatchObject([{ line: placeOf('- name: orders', text).line }]);
  });

  it.each(['', 'just words', '- a list'])('refuses a document that is no contract: %j', (text) => {
    expect(findings(text)).toMatchObject([{ line: 1, column: 1, path: '' }]);
  });

  it.each([
    ['PT2H', true],
    ['P1D', true],
    ['P1DT12H', true],
    ['2h', false],
    ['P', false],
    ['PT', false],
    ['P1M', false],
    ['PT2', false],
  ])('duration %s: %s', (duration, accepted) => {
    const text = changed('completeness: { window: P1D }', `completeness: { window: ${duration} }`);
    expect(findings(text)).toHaveLength(accepted ? 0 : 1);
  });

  it('refuses a contract that stands in a place of another name', () => {
    expect(findings(ORDERS, 'contracts/brook_health/orders_events_v1.odcs.yaml')).toMatchObject([
      {
        ...placeOf('orders_events_v1', ORDERS),
        message: expect.stringContaining('contracts/brook_commerce/orders_events_v1.odcs.yaml') as string,
      },
    ]);
  });
});
