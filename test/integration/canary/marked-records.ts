import type { StreamContract } from '@das/contracts';
import type { DeadReason } from '@das/pipeline';
import { escapedJson, markedEvent, type MarkedEvent } from './marked-event';
import type { MarkBook, MayLand } from './marks';

/** A record as a producer sends it. */
export interface MarkedRecord {
  readonly key: string | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

const DAY_MS = 86_400_000;
/** More than one append takes. */
const LARGE_BYTES = 5_000_000;

/** Records of a stream with marks wherever a producer can put one. */
export function markedRecords(contract: StreamContract, book: MarkBook): readonly MarkedRecord[] {
  const { stream } = contract;
  const record = (
    value: string | Buffer | null,
    headers: Readonly<Record<string, string>> = {},
  ): MarkedRecord => ({
    key: book.text(`${stream}, a key`),
    value: typeof value === 'string' ? Buffer.from(value) : value,
    headers: {
      [`x-${book.text(`${stream}, the name of a header`)}`]: book.email(`${stream}, a header`),
      ...headers,
    },
  });
  const event = (): MarkedEvent => markedEvent(contract, book);
  const json = (change: MarkedEvent = {}): string => JSON.stringify({ ...event(), ...change });
  return [
    record(json()),
    record(escapedJson(event())),
    record(json(), traceHeaders(contract, book)),
    record(json(), {
      tracestate: `a=${book.email(`${stream}, tracestate`, headerMayLand(contract, 'tracestate'))}`,
    }),
    ...undeclaredPlaces(contract, book).map((change) => record(json(change))),
    ...refusedRecords(contract, book).map(([, value]) => record(value)),
    // A tombstone leaves no row.
    record(null),
  ];
}

/** What a mark that looks like PHI may do where nothing is declared. */
function undeclaredMayLand({ undeclaredPhi, unknownFields }: StreamContract, path?: string): MayLand {
  if (unknownFields !== 'evolve' || undeclaredPhi === 'quarantine') return { columns: [] };
  return { columns: ['PAYLOAD'], ...(path !== undefined && { path }) };
}

function headerMayLand({ headers, undeclaredPhi }: StreamContract, name: string): MayLand {
  const lands = headers.includes(name) && undeclaredPhi !== 'quarantine';
  return { columns: lands ? ['SOURCE_HEADERS'] : [] };
}

function traceHeaders({ stream, headers }: StreamContract, book: MarkBook): Readonly<Record<string, string>> {
  // A trace id lands whether or not its header does: 32 hexadecimal digits and nothing else.
  const columns = headers.includes('traceparent') ? ['SOURCE_HEADERS', 'TRACE_ID'] : ['TRACE_ID'];
  const mark = book.digits(`${stream}, traceparent`, { columns });
  return { traceparent: `00-${mark}${'0'.repeat(19)}1-${'0'.repeat(15)}1-01` };
}

/** Fields that no contract names; texts that look like PHI, and their names too. */
function undeclaredPlaces(contract: StreamContract, book: MarkBook): readonly MarkedEvent[] {
  const at = (place: string, path?: string): string =>
    book.email(`${contract.stream}, ${place}`, undeclaredMayLand(contract, path));
  return [
    { note: at('an undeclared field', 'note') },
    { extra: { deep: [{ note: `SSN 219-09-9999 of ${at('undeclared and nested', 'extra.deep[].note')}` }] } },
    { [at('the name of an undeclared field')]: 1 },
    { nested: JSON.stringify({ mail: at('JSON in a text', 'nested') }) },
    { list: [at('an item of an undeclared list', 'list[]')] },
  ];
}

type Refused = readonly [reason: DeadReason, value: Buffer | string];

/** A value for each reason for which this stream refuses a record. */
function refusedRecords(contract: StreamContract, book: MarkBook): readonly Refused[] {
  const { stream, unknownFields, undeclaredPhi } = contract;
  const email = (reason: DeadReason): string => book.email(`${stream}, ${reason}`);
  const digits = (reason: DeadReason): string => book.digits(`${stream}, ${reason}`);
  const event = (reason: DeadReason, change: MarkedEvent): Refused => [
    reason,
    JSON.stringify({ ...markedEvent(contract, book.refused(reason)), ...change }),
  ];
  const refused: Refused[] = [
    [
      'not_utf8',
      Buffer.concat([Buffer.from(`{"a":"${email('not_utf8')}`), Buffer.from([0xff, 0xfe, 0x22, 0x7d])]),
    ],
    ['not_json', `{"a":"${email('not_json')}",,"b":${digits('not_json')}`],
    ['not_json', `${email('not_json')} is not valid JSON`],
    ['not_an_object', JSON.stringify([email('not_an_object')])],
    ['duplicate_key', `{"${email('duplicate_key')}":1,"a":"${email('duplicate_key')}","a":2}`],
    ['too_deep', `{"a":${'['.repeat(200)}"${email('too_deep')}"${']'.repeat(200)}}`],
    event('unknown_version', { schema_version: email('unknown_version') }),
    event('schema_violation', {
      region: email('schema_violation'),
      event_ts: Number(digits('schema_violation')),
      event_id: { [email('schema_violation')]: Number(digits('schema_violation')) },
    }),
    event('too_late', { event_ts: new Date(Date.now() - 3 * DAY_MS).toISOString() }),
  ];
  if (unknownFields === 'freeze')
    refused.push(event('unknown_field', { [email('unknown_field')]: email('unknown_field') }));
  else refused.push(event('too_large', { large: `${email('too_large')}${'-'.repeat(LARGE_BYTES)}` }));
  if (undeclaredPhi === 'quarantine')
    refused.push(event('undeclared_phi', { remark: email('undeclared_phi') }));
  return refused;
}
