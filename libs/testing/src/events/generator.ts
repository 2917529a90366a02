import { crc32 } from 'node:zlib';
import { authEvents } from './auth';
import { claimsFiles } from './claims';
import { consentsEvents } from './consents';
import { encountersEvents } from './encounters';
import { ordersEvents } from './orders';
import { oddPhi } from './people';
import { Random } from './random';
import { NO_TROUBLE, type EventRates } from './rates';
import { shipmentsEvents } from './shipments';
import { visitsEvents } from './visits';

const HOUR_MS = 3_600_000;
/** Earlier events that may come once more. */
const MEMORY = 200;

/** Those that are in service, and the clinic of the tests. */
const STREAMS = {
  orders: ordersEvents,
  auth: authEvents,
  consents: consentsEvents,
  encounters: encountersEvents,
  claims: claimsFiles,
  shipments: shipmentsEvents,
  visits: visitsEvents,
};

export interface GeneratedEvent {
  readonly key: Buffer;
  /** `null`: a tombstone. */
  readonly value: Buffer | null;
  readonly partition: number;
}

export type GeneratedStream = keyof typeof STREAMS;

/** The generator of a contract's stream: `orders` of `orders_events_v1`; undefined: there is none. */
export function generatedStream(stream: string): GeneratedStream | undefined {
  const name = stream.replace(/_(events|files)_v\d+$/, '');
  return Object.hasOwn(STREAMS, name) ? (name as GeneratedStream) : undefined;
}

export interface GeneratorOptions {
  readonly stream: GeneratedStream;
  /** The same seed, clock and rates give the same bytes. */
  readonly seed: number;
  readonly partitions: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly rates?: Partial<EventRates>;
}

/** Synthetic events of a stream, with troubles at given rates. No real person anywhere. */
export function createEventGenerator(options: GeneratorOptions): () => GeneratedEvent {
  const random = new Random(options.seed);
  const rates = { ...NO_TROUBLE, ...options.rates };
  const source = STREAMS[options.stream](random);
  const recent: GeneratedEvent[] = [];

  function place(key: string, value: Buffer | null): GeneratedEvent {
    const bytes = Buffer.from(key);
    return { key: bytes, value, partition: crc32(bytes) % options.partitions };
  }

  function plain() {
    const now = options.now();
    const { key, type, body, oddPlaces } = source.next(now);
    let happenedMs = now;
    if (random.chance(rates.late)) happenedMs -= (2.5 + random.next() * 20) * HOUR_MS;
    else if (random.chance(rates.veryLate)) happenedMs -= 48 * HOUR_MS;
    const event: Record<string, unknown> = {
      event_id: random.uuid(),
      event_type: type,
      event_ts: new Date(happenedMs).toISOString(),
      sent_at: new Date(now).toISOString(),
      schema_version: '1.0.0',
      ...body,
    };
    return { key, event, oddPlaces };
  }

  return function next() {
    if (recent.length > 0 && random.chance(rates.duplicates)) return random.pick(recent);
    const { key, event, oddPlaces } = plain();
    if (random.chance(rates.tombstones)) return place(key, null);
    if (random.chance(rates.unknownVersion)) event.schema_version = '99.0.0';
    if (random.chance(rates.unknownField)) event.experiment = { bucket: random.below(10) };
    if (random.chance(rates.phiInOddPlaces)) {
      Object.assign(event, random.pick(oddPlaces)(`see ${oddPhi(random)}`));
    }
    const good = JSON.stringify(event);
    const made = place(key, random.chance(rates.bad) ? spoil(random, event, good) : Buffer.from(good));
    if (recent.length < MEMORY) recent.push(made);
    else recent[random.below(MEMORY)] = made;
    return made;
  };
}

/** One of the ways in which producers get it wrong; never with a newline, which a journal could not hold. */
function spoil(random: Random, event: Record<string, unknown>, good: string): Buffer {
  switch (random.below(5)) {
    case 0:
      return Buffer.from(good.slice(0, random.below(good.length - 1) + 1));
    case 1:
      return Buffer.concat([Buffer.from(good.slice(0, -2)), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    case 2:
      return Buffer.from(JSON.stringify({ ...event, region: 7 }));
    case 3:
      return Buffer.from(JSON.stringify({ ...event, event_ts: undefined }));
    default:
      return Buffer.from(`${good.slice(0, -1)},"region":"EMEA"}`);
  }
}

/** Events of a stream without troubles, always the same ones. */
export function eventsOf(stream: GeneratorOptions['stream']): () => object {
  const next = createEventGenerator({ stream, seed: 1, partitions: 1, now: () => Date.UTC(2026, 0, 1) });
  return () => JSON.parse(String(next().value)) as object;
}
