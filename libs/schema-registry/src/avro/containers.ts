import type { ByteReader } from '../byte-reader';
import { Undecodable } from '../undecodable';
import { readInt, readString, type AvroReader } from './primitives';

interface Named {
  readonly name: string;
  readonly read: AvroReader;
}

export function recordReader(fields: readonly Named[]): AvroReader {
  const parts = fields.map(({ name, read }, index) => ({
    label: `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`,
    read,
  }));
  return (from, out) => {
    out.enter();
    if (parts.length === 0) out.write('{');
    for (const { label, read } of parts) {
      out.write(label);
      read(from, out);
    }
    out.write('}');
    out.leave();
  };
}

export function arrayReader(item: AvroReader): AvroReader {
  return blocksReader('[', item, ']');
}

/** A key that comes twice is written twice: `parse` refuses it. */
export function mapReader(value: AvroReader): AvroReader {
  const entry: AvroReader = (from, out) => {
    out.write(`${JSON.stringify(readString(from))}:`);
    value(from, out);
  };
  return blocksReader('{', entry, '}');
}

function blocksReader(open: string, item: AvroReader, close: string): AvroReader {
  return (from, out) => {
    out.enter();
    let separator = open;
    for (let left = readCount(from); left > 0; left = readCount(from)) {
      // An item may take no bytes, and is a character at least: a count of billions is refused before the first.
      out.expect(left);
      for (; left > 0; left--) {
        out.write(separator);
        item(from, out);
        separator = ',';
      }
    }
    out.write(separator === open ? open + close : close);
    out.leave();
  };
}

export function enumReader(symbols: readonly string[]): AvroReader {
  const texts = symbols.map((symbol) => JSON.stringify(symbol));
  return (from, out) => {
    const text = texts[readInt(from)];
    if (text === undefined) throw new Undecodable('enum');
    out.write(text);
  };
}

/**
 * Null or one other type: the value. Several other types: `{"<type>": value}`, for else bytes could not be told
 * from a string, nor one record from another.
 */
export function unionReader(branches: readonly Named[]): AvroReader {
  const isPlain = branches.filter(({ name }) => name !== 'null').length < 2;
  const readers = branches.map(({ name, read }) =>
    isPlain || name === 'null' ? read : recordReader([{ name, read }]),
  );
  return (from, out) => {
    const read = readers[readInt(from)];
    if (read === undefined) throw new Undecodable('union');
    read(from, out);
  };
}

/** How many come in this block; 0 ends. Below zero, the block's size in bytes follows, for those who want to skip it. */
function readCount(from: ByteReader): number {
  const count = Number(from.zigzag());
  if (count >= 0) return count;
  from.zigzag();
  return -count;
}
