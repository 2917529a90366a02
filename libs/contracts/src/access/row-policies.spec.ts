import { rowPolicies } from './row-policies';

const region = {
  description: 'By region.',
  arguments: { region: 'VARCHAR' },
  mapping: ['REGION_ACCESS'],
  condition: 'exists (select 1 from {REGION_ACCESS} as g where g.REGION = {region})',
};
const consent = {
  description: 'By consent.',
  arguments: { consented: 'BOOLEAN', region: 'VARCHAR' },
  condition: { snowflake: 'snow({consented}, {region})', duckdb: 'duck({consented}, {region})' },
};
const joined = (...all: readonly unknown[]): unknown => ({
  region,
  consent,
  both: { description: 'Both.', all },
});

describe('policies that are joined', () => {
  it('show a row where each of their parts does, by the arguments of all', () => {
    const parts = [{ policy: 'consent' }, { policy: 'region', arguments: { region: 'other_region' } }];
    expect(rowPolicies.parse(joined(...parts)).both).toEqual({
      description: 'Both.',
      arguments: { consented: 'BOOLEAN', region: 'VARCHAR', other_region: 'VARCHAR' },
      mapping: ['REGION_ACCESS'],
      condition: {
        snowflake:
          '(snow({consented}, {region})) and (exists (select 1 from {REGION_ACCESS} as g where g.REGION = {other_region}))',
        duckdb:
          '(duck({consented}, {region})) and (exists (select 1 from {REGION_ACCESS} as g where g.REGION = {other_region}))',
      },
      holds: ['consent', 'region'],
    });
  });

  it('are of policies that are there, and have a condition of their own', () => {
    const reasons = (...parts: readonly string[]): unknown =>
      rowPolicies
        .safeParse(joined(...parts.map((policy) => ({ policy }))))
        .error?.issues.map(({ path, message }) => [path.join('.'), message]);
    expect(reasons('region', 'regoin')).toEqual([
      ['both.all.1.policy', 'regoin is no policy with a condition of its own'],
    ]);
    expect(reasons('both', 'region')).toEqual([
      ['both.all.0.policy', 'both is no policy with a condition of its own'],
    ]);
    expect(reasons('region')).not.toBeUndefined();
  });

  it('hold nothing else where they are not', () => {
    expect(rowPolicies.parse({ region }).region).toEqual({ ...region, holds: [] });
  });
});
