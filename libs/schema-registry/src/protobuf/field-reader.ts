import { Enum, MapField, Type, type Field } from 'protobufjs';
import { ByteReader } from '../byte-reader';
import type { Allowance } from '../json-output';
import { Undecodable } from '../undecodable';
import { SCALARS, type ScalarType, type WireType } from './scalars';

const DELIMITED = 2;
/** The length of a message that holds nothing. */
const NO_FIELDS = Buffer.of(0);

/** One field of a message. */
export interface FieldReader {
  readonly id: number;
  /** Whether the message is wrong without it (proto2). */
  readonly isRequired: boolean;
  /** The JSON of a message that does not have it; undefined: the field is left out. */
  readonly absent: string | undefined;
  /** What ends the JSON of a field that came several times. */
  readonly close: string;
  readonly oneof: string | undefined;
  /** @returns the field's JSON so far */
  read(from: ByteReader, wireType: number, before: string | undefined, allowance: Allowance): string;
}

/** Reads one value, wherever it stands. */
interface ValueReader {
  readonly wireType: WireType;
  /** What stands for a value that is not there, where absence cannot be told from it. */
  readonly zero: string | undefined;
  read(from: ByteReader, allowance: Allowance): string;
}

/** Readers of messages, which a field may hold. */
export interface Messages {
  of(type: Type): { read(from: ByteReader, allowance: Allowance): string };
}

export function fieldReader(field: Field, readers: Messages): FieldReader {
  const value = valueReader(field, readers);
  const common = { id: field.id, isRequired: field.required, close: '', oneof: undefined };
  if (field instanceof MapField) return { ...common, ...mapField(field, value) };
  if (field.repeated) return { ...common, ...repeatedField(value) };
  return {
    ...common,
    oneof: field.partOf?.name,
    absent: field.hasPresence ? undefined : value.zero,
    read(from, wireType, before, allowance) {
      // A parser would keep the last one, or merge both; no serialiser writes it twice.
      if (before !== undefined) throw new Undecodable('repeatedField');
      expectWire(wireType, value.wireType);
      return value.read(from, allowance);
    },
  };
}

function repeatedField(value: ValueReader): Pick<FieldReader, 'absent' | 'close' | 'read'> {
  const append = (before: string | undefined, text: string, allowance: Allowance): string => {
    allowance.spend(text.length + 1);
    return before === undefined ? `[${text}` : `${before},${text}`;
  };
  return {
    absent: '[]',
    close: ']',
    read(from, wireType, before, allowance) {
      if (wireType !== DELIMITED || value.wireType === DELIMITED) {
        expectWire(wireType, value.wireType);
        return append(before, value.read(from, allowance), allowance);
      }
      // Packed: whatever the schema says of it, both ways are read.
      let so = before;
      within(from, () => {
        while (!from.isAtEnd) so = append(so, value.read(from, allowance), allowance);
      });
      return so ?? '[';
    },
  };
}

/** A key that comes twice is written twice: `parse` refuses it. */
function mapField(field: MapField, value: ValueReader): Pick<FieldReader, 'absent' | 'close' | 'read'> {
  const key = SCALARS[field.keyType as ScalarType];
  return {
    absent: '{}',
    close: '}',
    read(from, wireType, before, allowance) {
      expectWire(wireType, DELIMITED);
      let name: string | undefined;
      let text: string | undefined;
      within(from, () => {
        while (!from.isAtEnd) {
          const tag = from.tag();
          if (tag >>> 3 === 1 && name === undefined) {
            expectWire(tag & 7, key.wireType);
            name = key.read(from);
          } else if (tag >>> 3 === 2 && text === undefined) {
            expectWire(tag & 7, value.wireType);
            text = value.read(from, allowance);
          } else throw new Undecodable('mapEntry');
        }
      });
      name ??= key.zero;
      // A message that is not there is one without fields.
      text ??= value.zero ?? value.read(new ByteReader(NO_FIELDS, 0, 1), allowance);
      const entry = `${name.startsWith('"') ? name : `"${name}"`}:${text}`;
      allowance.spend(entry.length + 1);
      return before === undefined ? `{${entry}` : `${before},${entry}`;
    },
  };
}

function valueReader(field: Field, readers: Messages): ValueReader {
  const { resolvedType: type } = field;
  if (type instanceof Enum) return enumReader(type);
  if (!(type instanceof Type)) {
    const scalar = SCALARS[field.type as ScalarType] as (typeof SCALARS)[ScalarType] | undefined;
    if (scalar === undefined) throw new Undecodable('schema');
    return scalar;
  }
  // Groups went out of use with proto2; their end is a tag and not a length.
  if (field.delimited) throw new Undecodable('schema');
  return {
    wireType: DELIMITED,
    zero: undefined,
    read: (from, allowance) => within(from, () => readers.of(type).read(from, allowance)),
  };
}

/** A number that has no name is written as such: another version of the schema may name it. */
function enumReader({ values }: Enum): ValueReader {
  const names = new Map<number, string>();
  for (const [name, number] of Object.entries(values))
    if (!names.has(number)) names.set(number, JSON.stringify(name));
  return {
    wireType: SCALARS.int32.wireType,
    zero: names.get(0) ?? '0',
    read(from) {
      const number = SCALARS.int32.read(from);
      return names.get(Number(number)) ?? number;
    },
  };
}

/** Reads what a length in front of it measures, to its end. */
function within<T>(from: ByteReader, read: () => T): T {
  const { end } = from;
  const length = from.length();
  const start = from.skip(length);
  from.at = start;
  from.end = start + length;
  const value = read();
  from.end = end;
  return value;
}

function expectWire(found: number, wanted: number): void {
  if (found !== wanted) throw new Undecodable('wireType');
}
