import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { governedTables, lintTree, loadAccess, loadContracts, type ContractText } from '@das/contracts';
import { loadExpectations, missingCells } from '@das/governance';
import { parse } from 'yaml';
import { Draft } from '../draft';
import { NEEDED, ROOT, World } from '../testing/world';
import { newCollector } from './new-collector';
import { checkNewDomain, newDomain } from './new-domain';
import { newProduct } from './new-product';

const DOMAIN = 'brook_specimen';

describe('what is made new', () => {
  const world = new World(ROOT, NEEDED);
  const contracts = join(world.root, 'contracts');
  afterAll(() => {
    world.remove();
  });

  const files = (folder: string): readonly string[] =>
    readdirSync(join(world.root, folder), { recursive: true, encoding: 'utf8' });
  const ofKind = (kind: RegExp): readonly string[] => files('contracts').filter((name) => kind.test(name));

  function faults(): readonly string[] {
    const tree = new Map<string, ContractText>(
      ofKind(/\.yaml$/).map((name) => [name, { file: name, text: world.read(`contracts/${name}`) }]),
    );
    return lintTree(tree, '2026-11-27').map(({ file, line, message }) => `${file}:${line} ${message}`);
  }

  it('is a domain that is sound before it has a stream', () => {
    world.draft((draft) => newDomain(draft, { name: DOMAIN, owner: 'own@brook.example' }));
    expect(faults()).toEqual([]);
    expect(parse(world.read(`contracts/${DOMAIN}/defaults.yaml`))).toMatchObject({
      domain_database: 'BROOK_SPECIMEN',
      team: { name: 'specimen-data', owner: 'own@brook.example' },
    });
    expect(world.read('CODEOWNERS')).toMatch(
      /^\/contracts\/brook_specimen\/ +@brook\/specimen-stewards @brook\/platform$/m,
    );
  });

  it.each([
    ['letters', 'kafka', 'letters_events_v1', 'topic: letters.v1, partitions: 6', 'letter_id'],
    ['envelopes', 'kinesis', 'envelopes_events_v1', 'kind: kinesis, stream: envelopes-v1', 'envelope_id'],
    [
      'deliveries',
      's3',
      'deliveries_files_v1',
      'bucket: brook-deliveries, prefix: deliveries/',
      'delivery_id',
    ],
  ] as const)('is a stream %s of %s, and a product of it', (stem, source, stream, place, key) => {
    const names = world.draft((draft) => newCollector(draft, { stream: stem, domain: DOMAIN, source }));
    expect(names.stream).toBe(stream);
    const contract = world.read(`contracts/${DOMAIN}/${stream}.odcs.yaml`);
    expect(contract).toContain(place);
    expect(contract).toContain(`- name: ${key}\n`);
    world.draft((draft) => newProduct(draft, { name: stem, domain: DOMAIN, stream }));
    expect(faults()).toEqual([]);
    expect(world.read(`dbt/models/${DOMAIN}/gold/${stem}.sql`)).toContain(`group by ${key}`);
    expect(world.read('dbt/profiles.yml').match(/alias: BROOK_SPECIMEN\n/g)).toHaveLength(1);
    expect(JSON.parse(world.read('nest-cli.json'))).toMatchObject({
      projects: { [names.app]: { root: `apps/${names.app}` } },
    });
    const { services } = parse(world.read('docker-compose.yml'), { merge: true }) as {
      readonly services: Readonly<
        Record<string, { readonly environment?: object; readonly command: unknown }>
      >;
    };
    expect(services[names.app]?.environment).toMatchObject({
      DAS_SOURCE: source === 'kafka' ? 'kafka' : 'journal',
    });
    expect((services.topics?.command as readonly string[]).includes(`${stem}.v1`)).toBe(source === 'kafka');
  });

  it('is a product of several words, each written as its place asks for', () => {
    const [domain, stream] = [DOMAIN, 'letters_events_v1'];
    world.draft((draft) => newProduct(draft, { name: 'time_in_transit', domain, stream }));
    expect(faults()).toEqual([]);
    const contract = world.read(`contracts/${DOMAIN}/time_in_transit.odcs.yaml`);
    expect(contract).toContain('id: brook-specimen-time-in-transit\n');
    expect(contract).toContain('outputs: [BROOK_SPECIMEN.GOLD.TIME_IN_TRANSIT]');
    expect(world.read(`dbt/models/${DOMAIN}/gold/time_in_transit.sql`)).toContain('group by letter_id');
  });

  it('is a stream of two words', () => {
    const { app } = world.draft((draft) =>
      newCollector(draft, { stream: 'customs_forms', domain: DOMAIN, source: 's3' }),
    );
    expect(app).toBe('customs-forms-files-collector');
    expect(faults()).toEqual([]);
    expect(parse(world.read(`contracts/${DOMAIN}/customs_forms_files_v1.odcs.yaml`))).toMatchObject({
      id: 'brook-specimen-customs-forms-files',
      dataProduct: 'customs_forms',
    });
    expect(world.read(`apps/${app}/src/collector.ts`)).toContain('customsFormsFilesV1');
  });

  it.each(['brook_commerce', 'brook_health', 'brook_logistics'])(
    'is a stream and a product of a domain that was there: %s',
    (domain) => {
      const stem = `${domain.slice('brook_'.length)}_notices`;
      const { stream } = world.draft((draft) =>
        newCollector(draft, { stream: stem, domain, source: 'kafka' }),
      );
      world.draft((draft) => newProduct(draft, { name: stem, domain, stream }));
      expect(faults()).toEqual([]);
    },
  );

  it('says of every role, column and environment what is seen, of its tables and of those before', () => {
    const documents = loadContracts(ofKind(/\.odcs\.yaml$/).map((name) => join(contracts, name)));
    const missing = missingCells(
      loadExpectations(contracts),
      governedTables(documents),
      loadAccess(contracts),
    );
    expect(missing).toEqual([]);
  });

  it('has nothing of the reference left in it', () => {
    const left = [...files('apps'), ...files('contracts').map((name) => `../contracts/${name}`)]
      .map((name) => join(world.root, 'apps', name))
      .filter((path) => !path.includes('reference-collector') && /\.(ts|json|yaml|sql|yml|md)$/.test(path))
      .filter((path) => /widget|brook.?reference/i.test(readFileSync(path, 'utf8')));
    expect(left).toEqual([]);
  });

  it.each([
    ['a name that is taken', { stream: 'letters', domain: DOMAIN }, /is there already: choose another name/],
    ['no domain', { stream: 'letters', domain: 'brook_nowhere' }, /das domain new brook_nowhere makes it/],
    ['no name', { stream: 'Robert; drop', domain: DOMAIN }, /that is no name of a stream, such as shipments/],
    ['a second version', { stream: 'letters_events_v2', domain: DOMAIN }, /begins with version 1/],
    ['a word of SQL', { stream: 'letters', domain: DOMAIN, key: 'order' }, /order is a word of SQL/],
    ['what every stream has', { stream: 'events', domain: DOMAIN }, /a property event_id: .* --key$/],
    ['a key that is too long', { stream: 'a'.repeat(60), domain: DOMAIN }, /a property, .* \(--key\)/],
    ['no topic', { stream: 'boxes', domain: DOMAIN, from: 'a b' }, /--from is no name/],
  ])('refuses %s, and writes nothing', (_, asked, message) => {
    const draft = new Draft(world.root);
    expect(() => newCollector(draft, { source: 'kafka', ...asked })).toThrow(message);
  });

  it('is a domain of two words', () => {
    const draft = new Draft(world.root);
    newDomain(draft, { name: 'brook_air_freight' });
    expect(parse(draft.read('contracts/brook_air_freight/defaults.yaml'))).toMatchObject({
      team: { name: 'air-freight-data', steward: 'air-freight-steward@brook.example' },
      security_controls: { purposes: ['air-freight-analytics'] },
    });
    expect(draft.read('CODEOWNERS')).toContain(' @brook/air-freight-stewards @brook/platform\n');
  });

  it.each([newDomain, checkNewDomain])('refuses roles that are of a domain of another tenant', (make) => {
    expect(() => {
      make(new Draft(world.root), { name: 'acme_commerce' });
    }).toThrow('contracts/roles.yaml has a role DOMAIN_STEWARD_COMMERCE already');
  });

  it('refuses a table that dbt could not tell from one that is there', () => {
    world.write('dbt/models/brook_commerce/gold/parcels.sql', '');
    const [domain, stream] = [DOMAIN, 'letters_events_v1'];
    const refused = (name: string) => () => newProduct(new Draft(world.root), { name, domain, stream });
    expect(refused('parcels')).toThrow(
      'dbt/models/brook_commerce/gold/parcels.sql: there is a table parcels already',
    );
    expect(refused('letters_events')).toThrow('silver/letters_events_unit_tests.yml: there is a table');
    expect(refused('table')).toThrow('table is a word of SQL');
  });

  it.each([
    ['contracts/roles.yaml', 'a: [', /^contracts\/roles.yaml:\d+:\d+: Flow sequence/],
    [
      'contracts/brook_commerce/expectations/orders.yaml',
      'expect: 3',
      /^contracts\/.*orders.yaml: its expect is no list/,
    ],
    ['CODEOWNERS', '', /^CODEOWNERS: there is no line for \*/],
  ])('tells where %s cannot be read', (path, text, message) => {
    const before = world.read(path);
    world.write(path, text);
    expect(() => newDomain(new Draft(world.root), { name: 'brook_air' })).toThrow(message);
    world.write(path, before);
  });

  it.each([
    ['nest-cli.json', '{', /^nest-cli.json is no JSON/],
    ['docker-compose.yml', 'a: [', /^docker-compose.yml:1:\d+: /],
    [`contracts/${DOMAIN}/defaults.yaml`, 'a: [', /^contracts\/brook_specimen\/defaults.yaml:1:\d+: /],
    ['dbt/profiles.yml', 'das: {}', /^dbt\/profiles.yml: das.outputs.local.attach is no block sequence$/],
  ])('tells a collector where %s cannot be read', (path, text, message) => {
    const before = world.read(path);
    world.write(path, text);
    const asked = { stream: 'stamps', domain: DOMAIN, source: 'kafka' } as const;
    expect(() => newCollector(new Draft(world.root), asked)).toThrow(message);
    world.write(path, before);
  });

  it('refuses what YAML would take for something else', () => {
    const draft = new Draft(world.root);
    expect(() => newDomain(draft, { name: 'brook_air', team: 'a: b' })).toThrow(
      'team.name is no name of a team',
    );
    expect(() => newDomain(draft, { name: 'brook_air', steward: 'x' })).toThrow('team.steward is no address');
    expect(() => newDomain(draft, { name: 'brook_air', reviewers: 'air\n* @air' })).toThrow(
      '--reviewers is no team',
    );
    expect(() => newDomain(draft, { name: 'air' })).toThrow("begins with the tenant's");
  });
});
