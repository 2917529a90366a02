import { Random } from '../events/random';
import { STREAMS, type StreamName } from '../lake/land-rows';
import { recordIdOf, type AuditRow, type BronzeRow, type RekeyRow } from '../oracle/refined/bronze-row';
import { EventTimes } from './event-times';
import { HealthTokens } from './health-tokens';
import { LinkTokens } from './link-tokens';
import { Places, replayPlace, type Place } from './places';
import { regularClaims } from './regular-claims';
import { regularConsents } from './regular-consents';
import { regularEncounters } from './regular-encounters';
import { regularOrders } from './regular-orders';
import { regularSessions } from './regular-sessions';
import { regularShipments } from './regular-shipments';
import { EVERY_TROUBLE, type WorldRates } from './world-rates';

const SOURCES = {
  orders: regularOrders,
  auth: regularSessions,
  consents: regularConsents,
  encounters: regularEncounters,
  claims: regularClaims,
  shipments: regularShipments,
};
/** Whose e-mail address links across domains, in those streams that have one. */
const LINKED: Partial<Readonly<Record<StreamName, 'customer' | 'patient'>>> = {
  orders: 'customer',
  encounters: 'patient',
};
/** Earlier events that may come once more, and dead letters that may be replayed. */
const MEMORY = 500;
const LATE_MS = 2 * 3_600_000;

export interface BronzeStreamOptions {
  readonly stream: StreamName;
  /** The same options give the same rows. */
  readonly seed: number;
  /** How many rows the table is going to have: customers and open orders are in proportion. */
  readonly size: number;
  /** Epoch milliseconds of the first arrival, and of the one at `size`. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly rates?: Partial<WorldRates>;
}

/** An event as its producer wrote it. */
interface Event {
  readonly key: string;
  readonly body: Readonly<Record<string, unknown>> & { readonly event_id: string; readonly event_ts: string };
}

type Times = Pick<BronzeRow, 'SOURCE_TS' | 'INGESTED_AT'>;

/**
 * The rows of a BRONZE table in the order in which they land, with troubles of every kind. They are made directly and
 * not by a collector: what a collector does is tested elsewhere.
 */
export class BronzeStream {
  private readonly random: Random;
  private readonly rates: WorldRates;
  private readonly times: EventTimes;
  private readonly source;
  private readonly stepMs: number;
  private nowMs: number;
  private made = 0;
  private readonly recent: Event[] = [];
  private readonly heldBack: Event[] = [];
  private readonly dead: BronzeRow[] = [];
  private readonly places: Places;
  private readonly links = new LinkTokens();
  private readonly tokens: HealthTokens;
  private readonly discarded: AuditRow[] = [];

  constructor(private readonly options: BronzeStreamOptions) {
    const { seed, size, fromMs, untilMs, stream } = options;
    this.random = new Random(seed * 2 + Object.keys(SOURCES).indexOf(stream));
    this.rates = { ...EVERY_TROUBLE, ...options.rates };
    this.times = new EventTimes(this.random, this.rates);
    this.places = new Places(this.random, STREAMS[stream].source.log);
    this.tokens = new HealthTokens(size);
    this.source = SOURCES[stream](this.random, size, this.tokens);
    this.stepMs = (untilMs - fromMs) / size;
    this.nowMs = fromMs;
  }

  get name(): StreamName {
    return this.options.stream;
  }

  /** @returns that many rows more */
  *take(count: number): Generator<BronzeRow> {
    for (let taken = 0; taken < count; taken++) yield this.next();
  }

  /** What became of tokens when keys were exchanged. */
  rekeys(): readonly RekeyRow[] {
    const { fromMs } = this.options;
    return [...this.links.rekeys(fromMs), ...this.tokens.rekeys(fromMs)];
  }

  /** Dead letters that were discarded, revealed, or discarded and replayed all the same. */
  audit(): readonly AuditRow[] {
    return this.discarded;
  }

  private next(): BronzeRow {
    const { random, rates } = this;
    this.made++;
    if (!random.chance(0.1)) this.nowMs += random.next() * 2 * this.stepMs;
    if (random.chance(rates.dead)) return this.refuse(this.places.next(random.uuid()));
    if (this.dead.length > 0 && random.chance(rates.replayed)) return this.replay();
    if (this.recent.length > 0) {
      if (random.chance(rates.repeated)) return this.land(random.pick(this.recent));
      if (random.chance(rates.corrected)) return this.land(this.correct(random.pick(this.recent)));
    }
    if (this.heldBack.length > 0 && random.chance(rates.heldBack)) {
      const event = this.heldBack.splice(random.below(this.heldBack.length), 1)[0];
      if (event !== undefined) return this.land(event);
    }
    const event = this.make();
    if (!random.chance(rates.heldBack)) return this.land(event);
    this.heldBack.push(event);
    return this.land(this.make());
  }

  private make(): Event {
    const { key, type, body } = this.source.next(this.nowMs);
    const event = {
      key,
      body: {
        event_id: this.random.uuid(),
        event_type: type,
        event_ts: this.times.next(key, this.nowMs),
        sent_at: new Date(this.nowMs).toISOString(),
        schema_version: '1.0.0',
        ...body,
        ...(this.random.chance(0.01) && { experiment: { bucket: 1 } }),
      },
    };
    this.remember(this.recent, event);
    return event;
  }

  /** The same event in other words: another time, or what another event says. */
  private correct(event: Event): Event {
    const other = this.random.pick(this.recent);
    const at = this.times.next(event.key, this.nowMs);
    return this.random.chance(0.5)
      ? { ...event, body: { ...event.body, event_ts: at } }
      : { ...other, body: { ...other.body, event_id: event.body.event_id } };
  }

  private land(event: Event, replayOf?: BronzeRow): BronzeRow {
    const place = replayOf === undefined ? this.places.next(event.key) : replayPlace(replayOf);
    const common = this.common(place, replayOf);
    const { event_id: id, event_type: type, event_ts: at } = event.body;
    const sourceTs = this.sourceTs(common, at);
    const arrivedMs = Date.parse(sourceTs ?? common.INGESTED_AT);
    return {
      ...common,
      SOURCE_TS: sourceTs,
      EVENT_ID: id,
      EVENT_TYPE: String(type),
      EVENT_TS: at,
      SCHEMA_VERSION: '1.0.0',
      SUBJECT_KEY: event.key,
      OUTCOME: 'landed',
      PAYLOAD: JSON.stringify(event.body),
      PHI_TAGS: '[]',
      LINK_TOKENS: this.linkTokens(event.body),
      IS_LATE: arrivedMs - Date.parse(at) > LATE_MS,
      DEAD_REASON: null,
      DEAD_STAGE: null,
      DEAD_ERRORS: null,
      DEAD_PAYLOAD: null,
    };
  }

  private sourceTs({ SOURCE_TS: taken, INGESTED_AT: ingestedAt }: Times, at: string): string | null {
    const isAhead = taken !== null && Date.parse(at) > Date.parse(ingestedAt);
    return isAhead && this.random.chance(this.rates.bothAhead) ? new Date(at).toISOString() : taken;
  }

  private refuse(place: Place, replayOf?: BronzeRow): BronzeRow {
    const row: BronzeRow = {
      ...this.common(place, replayOf),
      EVENT_ID: null,
      EVENT_TYPE: null,
      EVENT_TS: null,
      SCHEMA_VERSION: null,
      SUBJECT_KEY: null,
      OUTCOME: 'dead',
      PAYLOAD: null,
      PHI_TAGS: null,
      LINK_TOKENS: null,
      IS_LATE: null,
      DEAD_REASON: this.random.pick(['not_json', 'schema_violation', 'unknown_version']),
      DEAD_STAGE: 'validate',
      DEAD_ERRORS: '[{"path":"/region","rule":"enum"}]',
      DEAD_PAYLOAD: 'sealed',
    };
    this.remember(this.dead, row);
    if (this.random.chance(0.3)) {
      this.discarded.push({
        AUDIT_ID: this.random.uuid(),
        AT: new Date(this.nowMs + 60_000).toISOString(),
        ACTOR: 'test',
        ACTION: this.random.pick(['discard', 'discard', 'reveal']),
        STREAM: STREAMS[this.options.stream].stream,
        RECORD: recordIdOf(row),
        SELECTION: null,
        REASON: null,
      });
    }
    return row;
  }

  private replay(): BronzeRow {
    const [row] = this.dead.splice(this.random.below(this.dead.length), 1);
    if (row === undefined) throw new Error('nothing to replay');
    return this.random.chance(0.2) ? this.refuse(replayPlace(row), row) : this.land(this.make(), row);
  }

  private common({ SOURCE, SOURCE_EPOCH, SOURCE_PARTITION, SOURCE_OFFSET }: Place, replayOf?: BronzeRow) {
    const { stream, size } = this.options;
    const knowsWhen = !SOURCE.includes('journal');
    const now = Math.floor(this.nowMs);
    return {
      CLASSIFICATION: 'pii',
      SOURCE,
      SOURCE_EPOCH,
      SOURCE_PARTITION,
      SOURCE_OFFSET,
      SOURCE_TS: knowsWhen ? (replayOf?.SOURCE_TS ?? new Date(now).toISOString()) : null,
      SOURCE_HEADERS: null,
      RECORD_HASH: 'none',
      REPLAY_OF: replayOf === undefined ? null : recordIdOf(replayOf),
      // Many rows are made in one go.
      INGESTED_AT: new Date(now - (now % 250) + 250).toISOString(),
      COLLECTOR: `${stream}-events-collector@0.1.0`,
      CONTRACT_VERSION: this.made > size / 2 ? '1.1.0' : '1.0.0',
      TRACE_ID: null,
    };
  }

  private linkTokens(body: Event['body']): string | null {
    const linked = LINKED[this.options.stream];
    if (linked === undefined || this.random.chance(0.02)) return null;
    const { email } = body[linked] as { readonly email: string | null };
    if (email === null) return null;
    const key = this.made > this.options.size * 0.8 ? 'link-2' : 'link-1';
    return this.links.landed(email, key);
  }

  private remember<T>(memory: T[], item: T): void {
    if (memory.length < MEMORY) memory.push(item);
    else memory[this.random.below(MEMORY)] = item;
  }
}
