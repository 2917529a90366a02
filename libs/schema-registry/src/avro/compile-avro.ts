import { Undecodable } from '../undecodable';
import { arrayReader, enumReader, mapReader, recordReader, unionReader } from './containers';
import { logicalReader } from './logical-types';
import { PRIMITIVES, type AvroReader } from './primitives';

/** More than this, one in another, is nobody's schema. */
const MAX_NESTING = 200;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

type Definition = Readonly<Record<string, unknown>>;

/**
 * Reads Avro's binary encoding (specification 1.12) by the schema that it was written with, as JSON text.
 * @param referenced - schemas whose named types the last one uses, in the order of their use
 * @throws Undecodable `schema` for what is no Avro schema
 */
export function compileAvro(schema: string, referenced: readonly string[] = []): AvroReader {
  const compiler = new Compiler();
  for (const text of referenced) compiler.compile(parseJson(text), '', 0);
  return compiler.compile(parseJson(schema), '', 0);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A primitive may be written as its bare name.
    return text.trim();
  }
}

class Compiler {
  private readonly named = new Map<string, AvroReader>();

  compile(schema: unknown, namespace: string, nesting: number): AvroReader {
    if (nesting > MAX_NESTING) throw invalid();
    if (typeof schema === 'string') return this.find(schema, namespace);
    if (Array.isArray(schema)) return this.union(schema, namespace, nesting + 1);
    if (typeof schema !== 'object' || schema === null) throw invalid();
    const definition = schema as Definition;
    const { type } = definition;
    if (typeof type !== 'string') return this.compile(type, namespace, nesting + 1);
    const plain = this.compileType(type, definition, namespace, nesting + 1);
    const logical = logicalReader(definition);
    if (logical === undefined) return plain;
    const { name } = definition;
    // A named type that is used again is read as it was here.
    if (typeof name === 'string') this.named.set(this.fullName(definition, namespace), logical);
    return logical;
  }

  private compileType(type: string, definition: Definition, namespace: string, nesting: number): AvroReader {
    switch (type) {
      case 'record':
      case 'error':
        return this.record(definition, namespace, nesting);
      case 'enum':
        return this.define(definition, namespace, enumReader(readSymbols(definition.symbols)));
      case 'fixed':
        return this.define(definition, namespace, fixedReader(definition.size));
      case 'array':
        return arrayReader(this.compile(definition.items, namespace, nesting));
      case 'map':
        return mapReader(this.compile(definition.values, namespace, nesting));
      default:
        return this.find(type, namespace);
    }
  }

  private record(definition: Definition, namespace: string, nesting: number): AvroReader {
    const full = this.fullName(definition, namespace);
    const { fields } = definition;
    if (!Array.isArray(fields)) throw invalid();
    const own = full.slice(0, Math.max(0, full.lastIndexOf('.')));
    // Its fields may hold the record itself, which is not compiled yet.
    const self: { read: AvroReader } = { read: () => undefined };
    this.define(definition, namespace, (from, out) => {
      self.read(from, out);
    });
    const names = new Set<string>();
    const compiled = fields.map((field: unknown) => {
      if (typeof field !== 'object' || field === null) throw invalid();
      const { name, type } = field as Definition;
      if (typeof name !== 'string' || !NAME.test(name) || names.has(name)) throw invalid();
      names.add(name);
      return { name, read: this.compile(type, own, nesting) };
    });
    self.read = recordReader(compiled);
    return self.read;
  }

  private union(branches: readonly unknown[], namespace: string, nesting: number): AvroReader {
    return unionReader(
      branches.map((branch) => {
        if (Array.isArray(branch)) throw invalid();
        return { name: this.branchName(branch, namespace), read: this.compile(branch, namespace, nesting) };
      }),
    );
  }

  /** As Avro's own JSON encoding names a branch: a named type by its full name, any other by its type. */
  private branchName(branch: unknown, namespace: string): string {
    if (typeof branch === 'string')
      return Object.hasOwn(PRIMITIVES, branch) ? branch : this.key(branch, namespace);
    const definition = branch as Definition;
    if (typeof definition.name === 'string') return this.fullName(definition, namespace);
    return typeof definition.type === 'string'
      ? definition.type
      : this.branchName(definition.type, namespace);
  }

  private define(definition: Definition, namespace: string, read: AvroReader): AvroReader {
    const full = this.fullName(definition, namespace);
    if (this.named.has(full)) throw invalid();
    this.named.set(full, read);
    return read;
  }

  private find(name: string, namespace: string): AvroReader {
    if (Object.hasOwn(PRIMITIVES, name)) return PRIMITIVES[name as keyof typeof PRIMITIVES];
    const found = this.named.get(this.key(name, namespace));
    if (found === undefined) throw invalid();
    return found;
  }

  /** The full name that a name means in this namespace; a name without one may also stand outside of any. */
  private key(name: string, namespace: string): string {
    const full = name.includes('.') || namespace === '' ? name : `${namespace}.${name}`;
    return this.named.has(full) ? full : name;
  }

  private fullName({ name, namespace: own }: Definition, namespace: string): string {
    if (typeof name !== 'string') throw invalid();
    const space = typeof own === 'string' ? own : namespace;
    const full = name.includes('.') || space === '' ? name : `${space}.${name}`;
    if (!full.split('.').every((part) => NAME.test(part))) throw invalid();
    return full;
  }
}

function readSymbols(symbols: unknown): readonly string[] {
  if (!Array.isArray(symbols) || !symbols.every((symbol) => typeof symbol === 'string')) throw invalid();
  return symbols;
}

function fixedReader(size: unknown): AvroReader {
  if (!Number.isInteger(size) || Number(size) < 0) throw invalid();
  return (from, out) => {
    out.write(`"${from.base64(Number(size))}"`);
  };
}

function invalid(): Undecodable {
  return new Undecodable('schema');
}
