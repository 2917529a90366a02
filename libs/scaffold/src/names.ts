import { ScaffoldError } from './scaffold-error';

const SNAKE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
/** Words that Snowflake keeps for itself: names of tables and columns stand in models without quotes. */
const RESERVED = new Set(
  (
    'account all alter and any as between by case cast check column connect connection constraint create cross current ' +
    'database delete distinct drop else exists false following for from full grant group gscluster having ilike in ' +
    'increment inner insert intersect into is issue join lateral left like localtime localtimestamp minus natural not ' +
    'null of on or order organization qualify regexp revoke right rlike row rows sample schema select set some start ' +
    'table tablesample then to trigger true union unique update using values view when whenever where with'
  ).split(' '),
);
/** Snowflake's limit is 255; what is made of a name is longer than the name. */
const LONGEST = 60;

export const SOURCE_KINDS = ['kafka', 'kinesis', 's3'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Everything that is called after a stream. */
export interface StreamNames {
  /** `shipments`: what its product would be called. */
  readonly stem: string;
  /** `shipment`: one of them. */
  readonly entity: string;
  /** `shipments_events`: the SILVER table; with its version the stream. */
  readonly base: string;
  /** `shipments_events_v1` */
  readonly stream: string;
  /** `shipments-events-collector`, which other commands find by the stream's name. */
  readonly app: string;
}

/**
 * @param name - `shipments`, or a whole stream such as `claims_files_v1`
 * @throws ScaffoldError for what is no name
 */
export function streamNames(name: string, kind: SourceKind): StreamNames {
  snakeName(name, 'a stream, such as shipments');
  const whole = /_v\d+$/.test(name) ? name : `${name}_${kind === 's3' ? 'files' : 'events'}_v1`;
  if (!whole.endsWith('_v1')) throw new ScaffoldError(`${name}: a new stream begins with version 1`);
  const base = whole.replace(/_v1$/, '');
  const stem = base.replace(/_(events|files)$/, '');
  snakeName(stem, 'a stream, such as shipments');
  return {
    stem,
    entity: singular(stem),
    base,
    stream: whole,
    app: `${base.replaceAll('_', '-')}-collector`,
  };
}

/** Everything that is called after a domain. */
export interface DomainNames {
  /** `brook_logistics`: folder of contracts, and in upper case the database. */
  readonly domain: string;
  /** `logistics`: what roles and teams are called by. */
  readonly short: string;
}

/** @throws ScaffoldError for what is no name of a domain */
export function domainNames(domain: string): DomainNames {
  snakeName(domain, 'a domain, such as brook_logistics');
  const short = domain.replace(/^[a-z0-9]+_/, '');
  if (short === domain)
    throw new ScaffoldError(`${domain}: a domain's name begins with the tenant's, such as brook_logistics`);
  return { domain, short };
}

/** @throws ScaffoldError */
export function snakeName(name: string, what: string): string {
  if (RESERVED.has(name)) throw new ScaffoldError(`${name} is a word of SQL, and no name of ${what}`);
  if (SNAKE.test(name) && name.length <= LONGEST) return name;
  throw new ScaffoldError(
    `that is no name of ${what}: lower-case words joined by _, at most ${LONGEST} characters`,
  );
}

/** Of an English plural, well enough for a first draft that people read. */
export function singular(plural: string): string {
  if (plural.endsWith('ies')) return `${plural.slice(0, -3)}y`;
  if (/(ss|us|is)$/.test(plural)) return plural;
  return plural.endsWith('s') ? plural.slice(0, -1) : plural;
}
