import { parse, Root, Type, type NamespaceBase } from 'protobufjs';
import type { ByteReader } from '../byte-reader';
import { Allowance } from '../json-output';
import { Undecodable } from '../undecodable';
import { BUILT_IN } from './built-in';
import { MessageReaders } from './message-reader';

/** A file that the schema imports, under the name that it imports it by. */
export interface ImportedFile {
  readonly name: string;
  readonly text: string;
}

/** Messages in messages in messages: nobody nests them deeper. */
const MAX_INDEXES = 32;

/**
 * Reads Protobuf in Confluent's wire format, the message's indexes first, as JSON text.
 * @param text - the .proto file that the schema's id stands for
 * @throws Undecodable `schema` for what is no .proto file, or uses a type that no file declares
 */
export function compileProtobuf(
  text: string,
  imported: readonly ImportedFile[] = [],
): (from: ByteReader) => string {
  const root = new Root();
  const messages = readFiles(root, text, imported);
  const readers = new MessageReaders();
  return (from) => {
    const type = messageAt(messages, readIndexes(from));
    return readers.of(type).read(from, new Allowance());
  };
}

/** @returns the messages that the first file declares at its top, in its order */
function readFiles(root: Root, text: string, imported: readonly ImportedFile[]): readonly Type[] {
  try {
    const { package: name, imports = [], weakImports = [] } = parse(text, root, { keepCase: true });
    // Before other files add theirs to the same package.
    const messages = messagesOf(name === undefined ? root : root.lookup(name));
    const wanted = [...imports, ...weakImports];
    for (const file of imported) {
      const more = parse(file.text, root, { keepCase: true });
      wanted.push(...(more.imports ?? []), ...(more.weakImports ?? []));
    }
    addBuiltIn(root, wanted, imported);
    root.resolveAll();
    return messages;
  } catch {
    throw new Undecodable('schema');
  }
}

/** Every compiler brings them along, so no registry keeps them. */
function addBuiltIn(root: Root, wanted: readonly string[], imported: readonly ImportedFile[]): void {
  const kept = new Set(imported.map(({ name }) => name));
  for (const name of new Set(wanted)) {
    if (kept.has(name) || !Object.hasOwn(BUILT_IN, name)) continue;
    parse(`syntax = "proto3"; ${BUILT_IN[name] ?? ''}`, root, { keepCase: true });
  }
}

function messagesOf(namespace: unknown): readonly Type[] {
  const { nestedArray } = namespace as NamespaceBase;
  return nestedArray.filter((nested) => nested instanceof Type);
}

/** Where the message is declared, from the file's top inwards: zigzag numbers, their count first; 0 is short for [0]. */
function readIndexes(from: ByteReader): readonly number[] {
  const count = Number(from.zigzag());
  if (count === 0) return [0];
  if (count < 0 || count > MAX_INDEXES) throw new Undecodable('messageIndex');
  return Array.from({ length: count }, () => Number(from.zigzag()));
}

function messageAt(messages: readonly Type[], indexes: readonly number[]): Type {
  let at = messages;
  let found: Type | undefined;
  for (const index of indexes) {
    found = at[index];
    if (found === undefined) throw new Undecodable('messageIndex');
    at = messagesOf(found);
  }
  if (found === undefined) throw new Undecodable('messageIndex');
  return found;
}
