import { createHmac } from 'node:crypto';
import type { Dead, Draft } from './outcome';
import type { Clock } from './ports/clock';
import type { KeyProvider } from './ports/key-provider';
import type { SourceRecord } from './ports/source';
import type { RowBuffer } from './row-buffer';
import { valueAt } from './steps/json-tree';

/** Where a record came from; with the source's epoch this names it for ever. */
export interface Coordinates {
  readonly source: string;
  readonly epoch: number;
  readonly partition: string;
  readonly position: string;
}

/** Encrypts what was refused: key, headers and value. Synchronous, like the loop that it serves. */
export interface DeadPayloadSealer {
  /** Text for DEAD_PAYLOAD, or a reference where the text would not fit into a row. @throws Failure */
  seal(record: SourceRecord, coordinates: Coordinates): string;
}

export interface EnvelopeOptions {
  /** `<name>@<version>` of the collector. */
  readonly collector: string;
  readonly source: string;
  readonly epoch: number;
  readonly partition: string;
  readonly clock: Clock;
  readonly keys: KeyProvider;
  readonly sealer: DeadPayloadSealer;
}

/** Writes BRONZE rows (docs/architecture.md has the columns): one per outcome that leaves a row. */
export interface Envelope {
  landed(draft: Draft, out: RowBuffer): void;
  dead(draft: Draft, dead: Dead, out: RowBuffer): void;
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

export function createEnvelope(options: EnvelopeOptions): Envelope {
  const { clock, keys, sealer, source, epoch, partition } = options;
  const origin =
    `"SOURCE":${JSON.stringify(source)},"SOURCE_EPOCH":${epoch},"SOURCE_PARTITION":${JSON.stringify(partition)}` +
    `,"COLLECTOR":${JSON.stringify(options.collector)}`;
  let ingestedMs = NaN;
  let ingestedAt = '';

  /** The columns that every row has, whatever its outcome. */
  function common(draft: Draft): string {
    const { record, contract } = draft;
    const now = clock.now();
    if (now !== ingestedMs) {
      ingestedMs = now;
      ingestedAt = new Date(now).toISOString();
    }
    let text =
      `${origin},"SOURCE_OFFSET":${JSON.stringify(record.position)},"RECORD_HASH":"${recordHash(keys, record)}"` +
      `,"INGESTED_AT":"${ingestedAt}","CONTRACT_VERSION":${JSON.stringify(contract.version)}` +
      `,"CLASSIFICATION":"${contract.classification}"`;
    if (record.timestampMs !== undefined)
      text += `,"SOURCE_TS":"${new Date(record.timestampMs).toISOString()}"`;
    if (record.headers.length > 0) text += traceColumn(record);
    return text;
  }

  return {
    landed(draft, out) {
      const { paths, headers } = draft.contract;
      let head =
        `{"OUTCOME":"landed","EVENT_ID":${column(draft, paths.eventId)},"EVENT_TYPE":${column(draft, paths.eventType)}` +
        `,"EVENT_TS":${column(draft, paths.eventTs)},"SCHEMA_VERSION":${column(draft, paths.schemaVersion)}` +
        `,"SUBJECT_KEY":${column(draft, paths.subjectKey)},"IS_LATE":${draft.isLate},${common(draft)}`;
      if (draft.record.headers.length > 0) head += headersColumn(draft.record, headers);
      out.text(`${head},"PAYLOAD":`);
      out.raw(draft.payload);
      out.text('}');
      out.endRow();
    },
    dead(draft, dead, out) {
      const payload = sealer.seal(draft.record, {
        source,
        epoch,
        partition,
        position: draft.record.position,
      });
      // Nothing of an event that was refused is shown in clear, not even its id: it was not checked.
      out.text(
        `{"OUTCOME":"dead","DEAD_REASON":"${dead.reason}","DEAD_STAGE":"${dead.stage}"` +
          `,"DEAD_ERRORS":${JSON.stringify(dead.errors)},"DEAD_PAYLOAD":${JSON.stringify(payload)},${common(draft)}}`,
      );
      out.endRow();
    },
  };
}

function column(draft: Draft, path: readonly string[]): string {
  const value = valueAt(draft.event, path);
  return value === undefined ? 'null' : JSON.stringify(value);
}

/**
 * A keyed hash of key and value: it proves that a row is this record's, and tells nobody without the key
 * anything about a value that could be guessed.
 */
function recordHash(keys: KeyProvider, record: SourceRecord): string {
  const hmac = createHmac('sha256', keys.current('record-hash').material);
  // The length keeps `key + value` apart from any other split of the same bytes.
  hmac.update(`${record.key === null ? -1 : record.key.length}:`);
  if (record.key !== null) hmac.update(record.key);
  if (record.value !== null) hmac.update(record.value);
  return hmac.digest('base64url');
}

function traceColumn(record: SourceRecord): string {
  const traceparent = record.headers.find(([name]) => name.toLowerCase() === 'traceparent');
  if (traceparent === undefined || traceparent[1].length > 64) return '';
  const traceId = TRACEPARENT.exec(Buffer.from(traceparent[1]).toString('latin1'))?.[1];
  return traceId === undefined ? '' : `,"TRACE_ID":"${traceId}"`;
}

/** Only headers that the contract names land: any other may hold anything. */
function headersColumn(record: SourceRecord, allowed: readonly string[]): string {
  const landing: Record<string, string> = {};
  for (const [name, value] of record.headers) {
    const known = name.toLowerCase();
    if (allowed.includes(known)) landing[known] = Buffer.from(value).toString('utf8');
  }
  return `,"SOURCE_HEADERS":${JSON.stringify(landing)}`;
}
