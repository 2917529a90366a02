import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadAccess } from '../access/load-access';
import { formatFinding } from '../finding';
import { loadContracts } from '../load-contract';
import type { ContractText } from '../read-yaml';
import { importContract } from './import-contract';

const CONTRACTS = join(__dirname, '..', '..', '..', '..', 'contracts');
const access = loadAccess(CONTRACTS);
const documents = loadContracts(
  readdirSync(CONTRACTS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.odcs.yaml'))
    .map((name) => join(CONTRACTS, name)),
);
const example = (name: string): ContractText => ({
  file: `${name}.yaml`,
  text: readFileSync(join(__dirname, 'examples', `${name}.yaml`), 'utf8'),
});

function imported(source: ContractText, defaults?: ContractText) {
  const result = importContract(source, { defaults, documents, access });
  return {
    ...result,
    open: result.open.map(formatFinding),
    assumed: result.assumed.map(formatFinding),
    document: (result.text === null ? null : parse(result.text)) as Record<string, never> | null,
  };
}

describe('import of the short form', () => {
  it.each([
    ['refunds', 'brook_commerce/refunds.odcs.yaml'],
    ['carts', 'brook_commerce/carts_events_v1.odcs.yaml'],
    ['appointments', 'brook_health/appointments_events_v1.odcs.yaml'],
    ['stays', 'brook_health/stays_events_v1.odcs.yaml'],
    ['tariffs', 'brook_health/tariffs_files_v1.odcs.yaml'],
  ])('makes a sound contract of %s', (name, path) => {
    expect(imported(example(name))).toMatchObject({ path, open: [], text: expect.any(String) as unknown });
  });

  it('makes one of what the page of contracts shows', () => {
    const page = readFileSync(join(CONTRACTS, '..', 'docs', 'contracts.md'), 'utf8');
    const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    expect(imported({ file: 'docs/contracts.md', text })).toMatchObject({
      path: 'brook_commerce/refunds.odcs.yaml',
      open: [],
    });
  });

  it('takes what the team says once', () => {
    const { open, document } = imported(example('regions'), example('commerce-defaults'));
    expect(open).toEqual([]);
    expect(document?.slaProperties).toContainEqual({ property: 'retention', value: 1825, unit: 'd' });
    expect(imported(example('regions')).open.join('\n')).toContain('domain_database is missing');
  });

  it('says everything that is undecided at once, with its place, and makes nothing', () => {
    const { open, text } = imported(example('undecided'));
    expect(text).toBeNull();
    expect(
      open.map((line) => line.replace(/^undecided\.yaml:\d+:\d+ /, '').replace(/(: [^:,]+).*$/, '$1')),
    ).toEqual([
      'team: team is missing',
      'support: support is missing',
      'security_controls: readers is missing',
      'retention_policy: retention_policy is not said',
      'security_controls: purposes is missing',
      'lineage: inputs is missing',
      'cost: cost is missing',
      'schemas.0: row_access is missing',
      'schemas.0.columns.0.classification: is not classified',
      'schemas.0.columns.1.classification: is restricted',
      'schemas.0.columns.2: is pii',
      'schemas.0.columns.3: is not described',
      'schemas.0.columns.3.source: has no source',
      'schemas.0.columns.3.type: has the type decimal',
      'quality_slo.completeness: completeness is no percentage such as 99.9',
      'quality_slo.freshness: freshness is not said',
    ]);
    expect(open).toContainEqual(
      expect.stringMatching(
        /^undecided\.yaml:20:27 schemas\.0\.columns\.1\.classification: is restricted, which is none of public/,
      ),
    );
  });

  it('masks a kind as the domain does, and one that it does not know as nothing', () => {
    const { document, assumed } = imported(example('refunds'));
    expect(JSON.stringify(document?.schema)).toContain(
      '{"property":"das.mask","value":"domain"},{"property":"das.clearFor","value":["ANALYST_PHI","BREAK_GLASS"]}',
    );
    expect(assumed).toContainEqual(
      expect.stringContaining('is masked as domain, as phi:email is in the whole domain'),
    );
    const card = imported(edited('refunds', 'phi: email', 'phi: card'));
    expect(card.assumed).toContainEqual(
      expect.stringContaining('is masked as nothing: no form is said for phi:card'),
    );
    // What it is made from is an e-mail address, whatever the team calls it.
    expect(card.open).toEqual([expect.stringContaining('is made from phi:email and needs that tag')]);
  });

  it.each([
    ['a key that is not known', 'retention_policy: 5y', 'retention: 5y', /retention: is not known here/],
    [
      'a class below that of the source',
      'classification: confidential',
      'classification: public',
      /columns\.3: is public, which is below the confidential/,
    ],
    [
      'another class for the whole',
      'classification: pii',
      'classification: internal',
      /classification: is internal, and its most sensitive column is pii/,
    ],
    [
      'a role that nobody has',
      'readers: [ANALYST_COMMERCE',
      'readers: [ANALYST_COMERCE',
      /readers: ANALYST_COMERCE is no role of roles\.yaml/,
    ],
    ['a policy that is not there', 'policy: region', 'policy: country', /schemas\.0: country is no policy/],
    [
      'a source that is not there',
      'orders_events_v1.region',
      'orders_events_v1.land',
      /columns\.2\.source: orders_events_v1\.land is no property/,
    ],
    [
      'a purpose that the source is not for',
      'purposes: [order-analytics]',
      'purposes: [marketing]',
      /purposes: marketing: orders_events_v1 may not be used for that/,
    ],
    [
      'freshness that its input uses up',
      'freshness: 30 minutes',
      'freshness: 61s',
      /quality_slo: promises a freshness of 61 s/,
    ],
    [
      'a name that others build on',
      'name: refunds',
      'name: orders',
      /with it order_lines is not sound: orders\.order_id is no column/,
    ],
  ])('refuses %s, and says where in the short form', (_, from, to, message) => {
    const { open, text } = imported(edited('refunds', from, to));
    expect(text).toBeNull();
    expect(open.join('\n')).toMatch(message);
  });

  it.each([
    [
      'carts',
      { kind: 'kafka', topic: 'carts.v1', partitions: 6, format: 'json', key: 'customer_id' },
      { type: 'kafka', host: 'kafka.brook.example:9092' },
      'kafka:carts.v1',
      'customer_id',
    ],
    [
      'stays',
      { kind: 'kinesis', stream: 'stays-v1', format: 'json', key: 'bed_id' },
      {
        type: 'kinesis',
        region: 'eu-central-1',
        customProperties: [{ property: 'stream', value: 'stays-v1' }],
      },
      'kinesis:stays-v1',
      'bed_id',
    ],
    [
      'tariffs',
      { kind: 's3', bucket: 'brook-tariffs', prefix: 'tariffs/', queue: 'brook-tariffs-new', format: 'json' },
      { type: 's3', location: 's3://brook-tariffs/tariffs/*' },
      's3:brook-tariffs/tariffs/',
      'tariff_id',
    ],
  ])(
    'says where a stream is in every place of its contract: %s',
    (name, source, server, input, subjectKey) => {
      const { document } = imported(example(name));
      expect(document?.servers?.[0]).toMatchObject(server);
      const custom = new Map(
        (document?.customProperties as readonly { property: string; value: unknown }[] | undefined)?.map(
          ({ property, value }) => [property, value],
        ),
      );
      expect(custom.get('das.collector')).toMatchObject({ source, envelope: { subjectKey } });
      expect(custom.get('das.lineage')).toMatchObject({ inputs: [input] });
    },
  );

  it.each([
    [
      'stays',
      ['stream: stays-v1', 'region: eu-central-1', 'format: json', 'key: bed_id'],
      ['stream', 'region', 'format', 'key'],
    ],
    [
      'tariffs',
      ['bucket: brook-tariffs', 'prefix: tariffs/', 'queue: brook-tariffs-new', 'key: tariff_id'],
      ['bucket', 'prefix', 'queue', 'key'],
    ],
  ])('asks for what of its source is not said: %s', (name, said, missing) => {
    const { file, text } = example(name);
    const without = said.reduce((rest, line) => rest.replace(`    ${line}\n`, ''), text);
    const { open } = imported({ file, text: without });
    expect(open.map((line) => /collectors\.0\.(\w+): \1 is missing: /.exec(line)?.[1])).toEqual(
      expect.arrayContaining(missing),
    );
    expect(open).toHaveLength(missing.length);
  });

  it.each([
    ['stays', 'stream: stays-v1', 'topic: stays-v1', /collectors\.0\.topic: is not known here/],
    ['tariffs', 'queue: brook', 'format: avro\n    queue: brook', /collectors\.0\.format: is not known here/],
    [
      'stays',
      'source: kinesis',
      'source: pigeon',
      /collectors\.0\.source: is no source: kafka, kinesis or s3/,
    ],
    ['tariffs', 'prefix: tariffs/', 'prefix: tariffs', /collectors\.0.*is not a prefix that ends in/],
  ])('refuses in %s: %s → %s', (name, from, to, message) => {
    const { open, text } = imported(edited(name, from, to));
    expect(text).toBeNull();
    expect(open.join('\n')).toMatch(message);
  });

  it('announces an end of life', () => {
    const { document } = imported(
      edited(
        'refunds',
        'classification: pii\n',
        "classification: pii\ndeprecation: { sunset: '2027-06-30', replaces: orders }\n",
      ),
    );
    expect(document).toMatchObject({ status: 'deprecated' });
    expect(document?.slaProperties).toContainEqual({ property: 'endOfLife', value: '2027-06-30' });
    expect(document?.customProperties).toContainEqual({ property: 'das.replaces', value: 'orders' });
  });
});

function edited(name: string, from: string, to: string): ContractText {
  const { file, text } = example(name);
  expect(text).toContain(from);
  return { file, text: text.replace(from, to) };
}
