import type { Field, Type } from 'protobufjs';
import type { ByteReader } from '../byte-reader';
import type { Allowance } from '../json-output';
import { Undecodable } from '../undecodable';
import { fieldReader, type FieldReader, type Messages } from './field-reader';
import { finishOf, type Finish } from './well-known';

/** Readers by message type, made when the first such message comes: types may hold each other. */
export class MessageReaders implements Messages {
  private readonly made = new Map<Type, MessageReader>();

  of(type: Type): MessageReader {
    let reader = this.made.get(type);
    if (reader === undefined) {
      reader = new MessageReader(type, this);
      this.made.set(type, reader);
    }
    return reader;
  }
}

/** Reads a message's fields, in whatever order they come, and writes them in the order of their declaration. */
export class MessageReader {
  private readonly fields: readonly FieldReader[];
  private readonly slots = new Map<number, number>();
  private readonly finish: Finish;

  constructor(type: Type, readers: Messages) {
    this.fields = type.fieldsArray.map((field: Field) => fieldReader(field, readers));
    for (const [slot, { id }] of this.fields.entries()) this.slots.set(id, slot);
    this.finish = finishOf(type);
  }

  /** @throws Undecodable for whatever this declaration does not explain: nothing is left out in silence */
  read(from: ByteReader, allowance: Allowance): string {
    allowance.enter();
    const { fields } = this;
    const values = new Array<string | undefined>(fields.length).fill(undefined);
    while (!from.isAtEnd) {
      const tag = from.tag();
      const slot = this.slots.get(tag >>> 3);
      const field = slot === undefined ? undefined : fields[slot];
      if (slot === undefined || field === undefined) throw new Undecodable('unknownField');
      values[slot] = field.read(from, tag & 7, values[slot], allowance);
    }
    let oneofs: Set<string> | undefined;
    for (const [slot, { oneof, isRequired, absent, close }] of fields.entries()) {
      const value = values[slot];
      if (value === undefined) {
        if (isRequired) throw new Undecodable('required');
        values[slot] = absent;
      } else {
        values[slot] = value + close;
        if (oneof === undefined) continue;
        if (oneofs?.has(oneof) === true) throw new Undecodable('oneof');
        (oneofs ??= new Set()).add(oneof);
      }
    }
    const text = this.finish(values);
    allowance.spend(text.length);
    allowance.leave();
    return text;
  }
}
