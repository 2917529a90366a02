import { allDomains, chooseDomains, type DemoDomain } from '../../../scripts/demo/domains';
import { openingWords } from '../../../scripts/demo/opening-words';
import { HELP, readOptions, type DemoOptions } from '../../../scripts/demo/options';
import { UsageError } from '../../../scripts/demo/usage-error';

/** What this repository has. */
const THERE = allDomains();

const domain = (name: string, unfed: readonly string[] = []): DemoDomain => ({
  name,
  streams: [],
  unfed,
  tables: [],
});

const read = (...args: readonly string[]): DemoOptions => {
  const options = readOptions(args);
  if (options === undefined) throw new Error('help was asked for');
  return options;
};

describe("the demo's options", () => {
  it('are all that is there, fed by servers, until they say otherwise', () => {
    expect(read()).toEqual({
      domains: undefined,
      kafka: false,
      journal: false,
      bronzeOnly: false,
      once: false,
      events: 20_000,
      rate: 2_000,
      seed: 1,
      json: undefined,
      dir: '.das/demo',
    });
    expect(read('--domains', 'commerce, brook_health').domains).toEqual(['commerce', 'brook_health']);
    expect(readOptions(['--help'])).toBeUndefined();
  });

  it.each([
    [['--domains', ''], '--domains takes names with commas between them, not ""'],
    [['--domains', 'commerce,'], '--domains takes names with commas between them, not "commerce,"'],
    [['--events', '0'], '--events takes a whole number of at least 1, not 0'],
    [['--json', 'file'], '--json goes with --once'],
    [['--fast'], /--help lists the options$/],
  ])('refuse %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(UsageError);
    expect(() => readOptions(args)).toThrow(message);
  });

  it('have examples, each of which can be read', () => {
    const examples = [...HELP.matchAll(/^ {2}npm run demo(?: -- (.*))?$/gm)].map(([, args = '']) => args);
    expect(examples.length).toBeGreaterThan(2);
    for (const args of examples) {
      const { domains } = read(...args.split(' ').filter((arg) => arg !== ''));
      expect(() => chooseDomains(THERE, domains)).not.toThrow();
    }
  });
});

describe("the demo's domains", () => {
  const all = [domain('brook_commerce'), domain('brook_health'), domain('brook_new', ['news_events_v1'])];
  const chosen = (...asked: readonly string[]) => chooseDomains(all, asked).map(({ name }) => name);

  it('are chosen by name, with and without what all of them begin with', () => {
    expect(chosen('health')).toEqual(['brook_health']);
    expect(chosen('brook_health', 'commerce', 'health')).toEqual(['brook_commerce', 'brook_health']);
  });

  it('are all that can be fed where none is named', () => {
    expect(chooseDomains(all, undefined).map(({ name }) => name)).toEqual(['brook_commerce', 'brook_health']);
  });

  it('are listed to who asks for one that is not there, and say what one needs that cannot be shown', () => {
    expect(() => chosen('commerce', 'space')).toThrow(
      'there is no domain space: --domains takes some of commerce,health,new',
    );
    expect(() => chosen('new')).toThrow(
      'brook_new cannot be shown: register a generator of news_events_v1 in libs/testing/src/events/generator.ts',
    );
    expect(() => chosen('new')).toThrow(UsageError);
  });

  it('are those that have contracts, with a collector and a generator for each stream', () => {
    const told = chooseDomains(THERE, ['commerce', 'health', 'logistics']).flatMap(({ streams }) =>
      streams.map(({ app, events }) => `${events}: ${app}`),
    );
    expect(told.sort()).toEqual([
      'auth: auth-events-collector',
      'claims: claims-files-collector',
      'consents: consents-events-collector',
      'encounters: encounters-events-collector',
      'orders: orders-events-collector',
      'shipments: shipments-events-collector',
    ]);
  });

  it('are told with what is started for them', () => {
    const words = (...args: readonly string[]): string => {
      const options = read(...args);
      return openingWords(chooseDomains(THERE, options.domains), options);
    };
    expect(words('--domains', 'commerce')).toBe('commerce: starting local-snowpipe, 2 collectors and dbt');
    expect(words('--domains', 'health', '--kafka', '--bronze-only')).toBe(
      'health: starting a Kafka broker, Kinesis (kinesalite), S3, SQS and DynamoDB (moto), local-snowpipe and 3 collectors',
    );
    expect(words('--domains', 'health', '--journal')).toBe(
      'health: starting local-snowpipe, 3 collectors and dbt',
    );
  });
});
