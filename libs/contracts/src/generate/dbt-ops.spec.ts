import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadContracts } from '../load-contract';
import { dbtOps } from './dbt-ops';

const FOLDER = join(__dirname, '../../../../contracts/brook_commerce');
const streams = loadContracts(
  ['auth_events_v1', 'orders_events_v1'].map((name) => join(FOLDER, `${name}.odcs.yaml`)),
);

interface Model {
  readonly name: string;
  readonly config: {
    readonly alias: string;
    readonly meta: { readonly das: { readonly streams?: unknown } };
  };
}

describe("dbt's models of dead letters", () => {
  const files = new Map(dbtOps('brook_commerce', streams).map(({ path, text }) => [path, text]));
  const folder = 'dbt/models/brook_commerce/ops';

  it('take every stream of the domain', () => {
    expect(files.get(`${folder}/brook_commerce_dead_letter_facts.sql`)).toContain(
      "{{ dead_letter_facts('brook_commerce', ['auth_events_v1', 'orders_events_v1']) }}",
    );
    const { models } = parse(files.get(`${folder}/dead_letters.yml`) ?? '') as {
      readonly models: readonly Model[];
    };
    expect(models.map(({ name, config }) => [name, config.alias, config.meta.das.streams])).toEqual([
      [
        'brook_commerce_dead_letter_facts',
        'dead_letter_facts',
        ['auth_events_v1', 'orders_events_v1', 'dead_letter_audit'],
      ],
      ['brook_commerce_dead_letters', 'dead_letters', undefined],
    ]);
  });

  it('are no longer than a line may be', () => {
    const [stream] = streams;
    if (stream === undefined) throw new Error('no stream');
    const many = Array.from({ length: 5 }, (_, index) => ({ ...stream, name: `${stream.name}_${index}` }));
    const { text = '' } = dbtOps('brook_commerce', many)[0] ?? {};
    expect(text.split('\n').slice(1)).toEqual([
      "{{ dead_letter_facts('brook_commerce', [",
      ...many.map(({ name }, index) => `    '${name}'${index < 4 ? ',' : ''}`),
      ']) }}',
      '',
    ]);
  });

  it('are what stands in the project, and nothing else', () => {
    const there = readdirSync(join(__dirname, '../../../..', folder)).filter(
      (name) => !name.endsWith('_unit_tests.yml'),
    );
    expect([...files.keys()].map((path) => path.slice(folder.length + 1)).sort()).toEqual(there.sort());
  });
});
