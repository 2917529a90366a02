import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContractError } from './finding';
import { parseContract } from './load-contract';
import { toStreamContract } from './stream-view';

const ORDERS = 'contracts/brook_commerce/orders_events_v1.odcs.yaml';
const SOURCE = '{ kind: kafka, topic: orders.v1, partitions: 6, format: json, key: order_id }';
const SERVER = `server: kafka
    type: kafka`;
const TOPIC = `- property: topic
        value: orders.v1`;

const KINESIS = {
  source: '{ kind: kinesis, stream: orders-v1, format: json, key: order_id }',
  server: `server: kinesis
    type: kinesis`,
  place: `- property: stream
        value: orders-v1`,
};
const S3 = {
  source: '{ kind: s3, bucket: brook-orders, prefix: daily/eu/, queue: orders-new, format: json }',
  server: `server: s3
    type: s3
    location: 's3://brook-orders/daily/eu/*.ndjson.gz'`,
  place: TOPIC,
};

type Place = typeof KINESIS & { readonly startFrom?: string };

/** The contract of orders, from elsewhere. */
function from({ source, server, place, startFrom = 'earliest' }: Place) {
  const yaml = readFileSync(join(__dirname, '..', '..', '..', ORDERS), 'utf8');
  for (const text of [SOURCE, SERVER, TOPIC]) expect(yaml).toContain(text);
  return toStreamContract(
    parseContract(
      yaml
        .replace(SOURCE, source)
        .replace(SERVER, server)
        .replace(TOPIC, place)
        .replace('startFrom: earliest', `startFrom: ${startFrom}`),
      ORDERS,
    ),
  ).source;
}

function faults(change: Partial<Place>, base = KINESIS): readonly string[] {
  try {
    from({ ...base, ...change });
    return [];
  } catch (error) {
    if (error instanceof ContractError)
      return error.findings.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
}

describe('where a stream is', () => {
  it('is a topic, a Kinesis stream, or objects below a prefix', () => {
    expect(from({ source: SOURCE, server: SERVER, place: TOPIC })).toEqual({
      kind: 'kafka',
      log: 'orders.v1',
      topic: 'orders.v1',
      partitions: 6,
      format: 'json',
    });
    expect(from(KINESIS)).toEqual({ kind: 'kinesis', log: 'orders-v1', stream: 'orders-v1', format: 'json' });
    expect(from(S3)).toEqual({
      kind: 's3',
      log: 'brook-orders.daily.eu',
      bucket: 'brook-orders',
      prefix: 'daily/eu/',
      queue: 'orders-new',
      format: 'json',
    });
  });

  it.each([
    [
      'another stream than the server’s',
      KINESIS,
      { place: KINESIS.place.replace('orders-v1', 'orders-v2') },
      'servers.0: a server of type kinesis names no stream orders-v1, which das.collector reads',
    ],
    [
      'no server of its kind',
      KINESIS,
      { server: SERVER },
      'servers: a server of type kinesis names no stream orders-v1, which das.collector reads',
    ],
    [
      'another prefix than the server’s',
      S3,
      { server: S3.server.replace('daily', 'weekly') },
      'servers.0: a server of type s3 names no location below s3://brook-orders/daily/eu/, which das.collector reads',
    ],
    [
      'a partition key that is no property',
      KINESIS,
      { source: KINESIS.source.replace('order_id', 'ordr_id') },
      'customProperties.0.value.source.key: ordr_id is not a property of the schema: declare it, or mend the path',
    ],
    [
      'a beginning that objects do not have',
      S3,
      { startFrom: 'latest' },
      'customProperties.0.value.startFrom: an object is read from its first line: say earliest, and move what is not to be read elsewhere',
    ],
    [
      'a prefix that might begin anything',
      S3,
      { source: S3.source.replace('daily/eu/', 'daily/eu') },
      'customProperties.0.value.source.prefix: is not a prefix that ends in "/", such as claims/',
    ],
    [
      'objects that hold no JSON once they are read',
      S3,
      { source: S3.source.replace('json', 'avro') },
      'customProperties.0.value.source.format: is none of json',
    ],
    [
      'a field of another kind',
      KINESIS,
      { source: KINESIS.source.replace('format', 'partitions: 6, format') },
      'customProperties.0.value.source.partitions: is not known here: a typing error?',
    ],
  ])('is refused with %s', (_, base, change, message) => {
    expect(faults(change, base)).toEqual([message]);
  });

  it('is of a kind that is known', () => {
    expect(faults({ source: KINESIS.source.replace('kind: kinesis', 'kind: pulsar') })).toEqual([
      expect.stringMatching(/^customProperties\.0\.value\.source\.kind: /),
    ]);
  });
});
