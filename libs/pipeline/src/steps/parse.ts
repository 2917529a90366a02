import { isUtf8 } from 'node:buffer';
import type { Dead, DeadReason, Step } from '../outcome';
import { countKeys, hasLoneSurrogate } from './json-tree';
import { scanJson } from './json-scan';

/** Snowflake's VARIANT and most parsers manage far more; nobody's event needs it. */
const DEFAULT_MAX_DEPTH = 100;

function refuse(reason: DeadReason, rule: string): Dead {
  return { outcome: 'dead', reason, stage: 'parse', errors: [{ path: '', rule }] };
}

/** Sources deliver Node's buffers; another view of the same bytes would cost an object for each record. */
function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString('utf8');
}

/** JSON allows a raw newline only as white space between tokens, so a space means the same there. */
function withoutRawNewlines(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (byte === 0x0a || byte === 0x0d ? 0x20 : byte));
}

/**
 * Bytes to event. The payload stays as it was sent, or decoded, number for number: only raw newlines between tokens
 * become spaces, because a row is one line. Duplicate keys are refused: a parser keeps the last one, so
 * the first would land unchecked.
 */
export function parse(maxDepth = DEFAULT_MAX_DEPTH): Step {
  return function parse(draft) {
    if (draft.record.value === null) return { outcome: 'dropped', reason: 'tombstone' };
    const { payload } = draft;
    if (!isUtf8(payload)) return refuse('not_utf8', 'utf8');
    const scan = scanJson(payload, maxDepth);
    if (scan.tooDeep) return refuse('too_deep', 'depth');
    let event: unknown;
    try {
      event = JSON.parse(textOf(payload));
    } catch {
      return refuse('not_json', 'syntax');
    }
    if (typeof event !== 'object' || event === null || Array.isArray(event)) {
      return refuse('not_an_object', 'type');
    }
    if (countKeys(event) !== scan.keys) return refuse('duplicate_key', 'uniqueKeys');
    if (scan.surrogateEscapes && hasLoneSurrogate(event)) return refuse('not_utf8', 'surrogates');
    if (scan.rawNewlines) draft.payload = withoutRawNewlines(payload);
    draft.event = event as Readonly<Record<string, unknown>>;
    return undefined;
  };
}
