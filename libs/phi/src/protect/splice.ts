import { afterSpace, afterString, afterValue } from './json-cursor';
import { keyAt, type ProtectedNode } from './protected-tree';

const QUOTE = 0x22;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const LETTER_N = 0x6e;

/**
 * What lands instead of a value: ASCII, or null. `text`: of a string, its characters; of anything else, its JSON as it
 * was sent, so that a number keeps digits that no double holds.
 */
export type Landing = (text: string, json: () => Buffer) => string | null;

/** A document: the bytes that land, and the same parsed. */
export interface Document {
  readonly payload: Uint8Array;
  readonly event: Readonly<Record<string, unknown>>;
}

/** An object or an array of the parsed event. */
type Holder = Record<string | number, unknown>;

/**
 * Puts what lands in the place of each protected value, in the bytes and in the event, which is changed. Everything
 * between stays byte for byte: no number is written anew. Null stays null.
 * @returns the bytes; the same ones where nothing was protected
 */
export function splice({ payload, event }: Document, tree: ProtectedNode<Landing>): Uint8Array {
  const bytes = Buffer.isBuffer(payload)
    ? payload
    : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const walk = new Splicing(bytes);
  walk.root(tree, afterSpace(bytes, 0), event);
  return walk.result();
}

/** Bytes that give way to a text of ASCII. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One walk over one document. */
class Splicing {
  private readonly edits: Edit[] = [];

  constructor(private readonly bytes: Buffer) {}

  /** An event, up to the last of its protected properties and no further: `parse` lets no key come twice. */
  root(node: ProtectedNode<Landing>, at: number, holder: Holder): void {
    this.object(node, at, holder, node.keys.length);
  }

  result(): Uint8Array {
    const { bytes, edits } = this;
    if (edits.length === 0) return bytes;
    let { length } = bytes;
    for (const { start, end, text } of edits) length += text.length - (end - start);
    const spliced = Buffer.allocUnsafe(length);
    let from = 0;
    let to = 0;
    for (const { start, end, text } of edits) {
      to += bytes.copy(spliced, to, from, start);
      to += spliced.write(text, to, 'latin1');
      from = end;
    }
    bytes.copy(spliced, to, from);
    return spliced;
  }

  /** From the opening brace to just after the closing one, or after so many of the node's keys. */
  private object(node: ProtectedNode<Landing>, at: number, holder: Holder, most = Infinity): number {
    const { bytes } = this;
    let left = most;
    let next = afterSpace(bytes, at + 1);
    if (bytes[next] === CLOSE_BRACE) return next + 1;
    for (;;) {
      const end = afterString(bytes, next);
      const key = keyAt(node, bytes, next + 1, end - 1);
      // Over the colon.
      next = afterSpace(bytes, afterSpace(bytes, end) + 1);
      if (key === undefined) next = afterValue(bytes, next);
      else {
        next = this.value(key.node, next, holder, key.name);
        if (--left === 0) return next;
      }
      next = afterSpace(bytes, next);
      if (bytes[next] !== COMMA) return next + 1;
      next = afterSpace(bytes, next + 1);
    }
  }

  private array(node: ProtectedNode<Landing>, at: number, holder: Holder): number {
    const { bytes } = this;
    let next = afterSpace(bytes, at + 1);
    if (bytes[next] === CLOSE_BRACKET) return next + 1;
    for (let index = 0; ; index++) {
      next = afterSpace(bytes, this.value(node, next, holder, index));
      if (bytes[next] !== COMMA) return next + 1;
      next = afterSpace(bytes, next + 1);
    }
  }

  private value(node: ProtectedNode<Landing>, at: number, holder: Holder, key: string | number): number {
    const { bytes } = this;
    const first = bytes[at];
    if (first === LETTER_N) return afterValue(bytes, at);
    if (node.leaf === undefined) {
      if (first === OPEN_BRACE && node.keys.length > 0) return this.object(node, at, holder[key] as Holder);
      if (first === OPEN_BRACKET && node.items !== undefined)
        return this.array(node.items, at, holder[key] as Holder);
    }
    const end = afterValue(bytes, at);
    const json = (): Buffer => bytes.subarray(at, end);
    const text = first === QUOTE ? characters(holder[key]) : json().toString('utf8');
    // Something else than the parts that are protected: nobody said what of it may land.
    const landed = node.leaf === undefined ? null : node.leaf(text, json);
    holder[key] = landed;
    this.edits.push({ start: at, end, text: landed === null ? 'null' : JSON.stringify(landed) });
    return end;
  }
}

/** A string was parsed already, escapes and all. */
function characters(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error('the event is not what its bytes say');
}
