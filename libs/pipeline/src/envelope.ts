import type { StreamContract } from '@das/contracts';
import type { Dead, Draft } from './outcome';
import type { Clock } from './ports/clock';
import type { KeyProvider } from './ports/key-provider';
import type { SourceRecord } from './ports/source';
import { createRecordHash } from './record-hash';
import { recordId, type Coordinates } from './record-id';
import type { RowBuffer } from './row-buffer';
import { valueAt } from './steps/json-tree';

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
  /** The one record is a dead letter's that is replayed; the coordinates above are the dead letter's. */
  readonly replay?: {
    /** As it was: the key may have been exchanged since. */
    readonly recordHash: string;
  };
}

/** Writes BRONZE rows (docs/architecture.md has the columns): one per outcome that leaves a row. */
export interface Envelope {
  landed(draft: Draft, out: RowBuffer): void;
  dead(draft: Draft, dead: Dead, out: RowBuffer): void;
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

export function createEnvelope(options: EnvelopeOptions): Envelope {
  const { clock, sealer, epoch, partition, replay } = options;
  // A source of its own, so that coordinates stay unique in the table.
  const source = replay === undefined ? options.source : `replay:${options.source}`;
  const recordHash = replay === undefined ? createRecordHash(options.keys) : () => replay.recordHash;
  const ingestedAt = isoTimes();
  const sourceTs = isoTimes();
  const tagsText = lastText();

  /** The columns that are the same for every row of a contract version, encoded once. */
  const constants = new Map<StreamContract, Readonly<Record<Dead['outcome'] | 'landed', Buffer>>>();
  function constantsOf(contract: StreamContract) {
    let known = constants.get(contract);
    if (known === undefined) {
      const text =
        `"SOURCE":${JSON.stringify(source)},"SOURCE_EPOCH":${epoch},"SOURCE_PARTITION":${JSON.stringify(partition)}` +
        `,"COLLECTOR":${JSON.stringify(options.collector)},"CONTRACT_VERSION":${JSON.stringify(contract.version)}` +
        `,"CLASSIFICATION":"${contract.classification}","SOURCE_OFFSET":`;
      known = {
        landed: Buffer.from(`{"OUTCOME":"landed",${text}`),
        dead: Buffer.from(`{"OUTCOME":"dead",${text}`),
      };
      constants.set(contract, known);
    }
    return known;
  }

  /** What every row has besides, whatever its outcome; it follows the constants. */
  function common(record: SourceRecord): string {
    let text =
      `${quote(record.position)},"RECORD_HASH":"${recordHash(record)}"` +
      `,"INGESTED_AT":"${ingestedAt(clock.now())}"`;
    if (record.timestampMs !== undefined) text += `,"SOURCE_TS":"${sourceTs(record.timestampMs)}"`;
    if (record.headers.length > 0) text += traceColumn(record);
    if (replay !== undefined) {
      text += `,"REPLAY_OF":${JSON.stringify(recordId({ ...options, position: record.position }))}`;
    }
    return text;
  }

  return {
    landed(draft, out) {
      const { record, contract, event } = draft;
      const { paths } = contract;
      out.raw(constantsOf(contract).landed);
      let text =
        `${common(record)},"EVENT_ID":${column(event, paths.eventId)},"EVENT_TYPE":${column(event, paths.eventType)}` +
        `,"EVENT_TS":${column(event, paths.eventTs)},"SCHEMA_VERSION":${column(event, paths.schemaVersion)}` +
        `,"SUBJECT_KEY":${column(event, paths.subjectKey)},"IS_LATE":${draft.isLate}`;
      text += `,"PHI_TAGS":${tagsText(draft.phiTags)}`;
      if (draft.linkTokens !== undefined) text += `,"LINK_TOKENS":${JSON.stringify(draft.linkTokens)}`;
      if (record.headers.length > 0) text += headersColumn(record, contract.headers);
      out.text(`${text},"PAYLOAD":`);
      out.raw(draft.payload);
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
      out.raw(constantsOf(draft.contract).dead);
      out.text(
        `${common(draft.record)},"DEAD_REASON":"${dead.reason}","DEAD_STAGE":"${dead.stage}"` +
          `,"DEAD_ERRORS":${JSON.stringify(dead.errors)},"DEAD_PAYLOAD":${JSON.stringify(payload)}`,
      );
      out.endRow();
    },
  };
}

/** Lists as JSON; the same list comes for many records in a row. */
function lastText(): (list: readonly string[]) => string {
  let last: readonly string[] = [];
  let text = '[]';
  return (list) => {
    if (list !== last) {
      text = JSON.stringify(list);
      last = list;
    }
    return text;
  };
}

/** Times as ISO text; many records in a row have the same one. */
function isoTimes(): (ms: number) => string {
  let last = NaN;
  let text = '';
  return (ms) => {
    if (ms !== last) {
      text = new Date(ms).toISOString();
      last = ms;
    }
    return text;
  };
}

function column(event: Draft['event'], path: readonly string[]): string {
  const value = valueAt(event, path);
  if (typeof value === 'string') return quote(value);
  return value === undefined ? 'null' : JSON.stringify(value);
}

/** Printable ASCII without quote and backslash: JSON writes it as it is. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/** A string as JSON; looking whether it is a plain one takes half as long as writing any. */
function quote(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
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
