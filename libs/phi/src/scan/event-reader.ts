import { BoundedMap } from './bounded-map';
import { contextOfName, contextWithin } from './context';
import type { Context } from './context-words';
import { isTelling, MIN_ECHO } from './echo';
import { findKinds } from './find-phi';
import type { ScanKind } from './kinds';
import { placeAt, type Place } from './place';
import { rawNumbers } from './raw-numbers';
import type { PlanNode } from './scan-plan';

export interface Hit {
  readonly kind: ScanKind;
  readonly place: Place;
}

/** A text that lands as it was sent, and where. */
export interface LandingText {
  readonly text: string;
  readonly where: PlanNode | Place;
  readonly undeclared: boolean;
  readonly indexes: readonly number[];
}

/** A smaller whole number is no card, and of all else only its name can tell. */
const MIN_NUMBER = 10_000_000_000_000;
const SHORTEST_NUMBER = 1_000;
const SSN_DIGITS = 9;

/** Shared, since one event is read at a time: empty but while one text is looked at. */
const found = new Set<ScanKind>();
const inner: string[] = [];
/** Which items of arrays are being read, from the outermost. */
const indexes: number[] = [];
const NOTHING: readonly never[] = [];
const contexts = new BoundedMap<string, Context>();

/** Reads one event by its plan. */
export class EventReader {
  hits: readonly Hit[] = NOTHING;
  /** Protected values that may be found again. */
  guarded: readonly string[] = NOTHING;
  /** What lands, where it is collected. */
  landing: readonly LandingText[] = NOTHING;
  /** Some text held another in an encoding. */
  decoded = false;
  private raw: ReadonlyMap<number, readonly string[]> | undefined;

  /** @param collects - what lands, to search echoes in */
  constructor(
    private readonly payload: Uint8Array,
    private readonly collects = false,
  ) {
    indexes.length = 0;
  }

  /** Of a declared place. */
  read(value: unknown, node: PlanNode): void {
    const { treatment, properties, items } = node;
    if (treatment === 'skip') return;
    if (treatment === 'protected') {
      this.guard(value, node);
    } else if (treatment === 'echo') {
      if (this.collects && typeof value === 'string') this.land(value, node, false);
    } else if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) this.readItems(value, node, items);
      else if (properties === undefined) this.readBelow(value, node);
      else this.readProperties(value as Readonly<Record<string, unknown>>, node, properties);
    } else this.readLeaf(value, node, node.ofName, false);
  }

  /** A text outside the event that lands: a header's value. */
  readText(text: string, place: Place): void {
    this.look(text, undefined, place, false);
  }

  private readProperties(
    value: Readonly<Record<string, unknown>>,
    node: PlanNode,
    properties: ReadonlyMap<string, PlanNode>,
  ): void {
    const { usual } = node;
    let at = 0;
    for (const name in value) {
      // A producer writes its properties in the same order nearly always: one comparison instead of a look-up.
      let child = usual[at];
      if (child?.name !== name) {
        child = properties.get(name);
        if (child !== undefined && at < MAX_USUAL) usual[at] = child;
      }
      at++;
      if (child === undefined) this.readUndeclared(name, value[name], node, node.ofName);
      else if (child.treatment !== 'skip' && (child.treatment !== 'echo' || this.collects))
        this.read(value[name], child);
    }
  }

  private readItems(value: readonly unknown[], node: PlanNode, items: PlanNode | undefined): void {
    for (let index = 0; index < value.length; index++) {
      indexes.push(index);
      if (items === undefined) this.readBelow(value[index], node);
      else this.read(value[index], items);
      indexes.pop();
    }
  }

  private readUndeclared(name: string, value: unknown, parent: PlanNode, above: Context | undefined): void {
    this.look(name, undefined, parent, true);
    this.readBelow(value, parent, contexts.get(name, contextOfName) ?? contextWithin(above));
  }

  /** What no contract declares, at any depth; all of it has the same place. */
  private readBelow(value: unknown, parent: PlanNode, ofName = contextWithin(parent.ofName)): void {
    if (Array.isArray(value)) {
      for (const item of value) this.readBelow(item, parent, ofName);
    } else if (typeof value === 'object' && value !== null) {
      for (const name in value)
        this.readUndeclared(name, (value as Readonly<Record<string, unknown>>)[name], parent, ofName);
    } else this.readLeaf(value, parent, ofName, true);
  }

  private readLeaf(value: unknown, node: PlanNode, ofName: Context | undefined, undeclared: boolean): void {
    if (typeof value === 'string') this.look(value, ofName, node, undeclared);
    else if (typeof value === 'number') this.readNumber(value, node, ofName, undeclared);
  }

  private readNumber(value: number, node: PlanNode, ofName: Context | undefined, undeclared: boolean): void {
    if (!(value >= SHORTEST_NUMBER) || (ofName === undefined && value < MIN_NUMBER && !this.collects)) return;
    if (!Number.isInteger(value) && value !== Infinity) return;
    for (const digits of this.digitsOf(value)) {
      // A number has lost the zeros that an SSN begins with.
      const text = ofName === 'ssn' ? digits.padStart(SSN_DIGITS, '0') : digits;
      this.look(text, ofName, node, undeclared);
    }
  }

  private digitsOf(value: number): readonly string[] {
    if (Number.isSafeInteger(value)) return [String(value)];
    this.raw ??= rawNumbers(this.payload);
    return this.raw.get(value) ?? [];
  }

  /** @param where - a declared place, or one outside the event */
  private look(
    text: string,
    ofName: Context | undefined,
    where: PlanNode | Place,
    undeclared: boolean,
  ): void {
    findKinds(text, ofName, found, inner);
    if (this.collects) {
      this.land(text, where, undeclared);
      for (const one of inner) this.land(one, where, undeclared);
    }
    if (inner.length > 0) {
      this.decoded = true;
      inner.length = 0;
    }
    if (found.size === 0) return;
    const place = this.placeOf(where, undeclared);
    for (const kind of found) this.hits = added(this.hits, { kind, place });
    found.clear();
  }

  private land(text: string, where: PlanNode | Place, undeclared: boolean): void {
    if (text.length < MIN_ECHO) return;
    this.landing = added(this.landing, {
      text,
      where,
      undeclared,
      indexes: indexes.length === 0 ? NO_INDEXES : [...indexes],
    });
  }

  private guard(value: unknown, node: PlanNode): void {
    if (typeof value === 'string') {
      if (node.declared !== undefined && isTelling(value, node.declared))
        this.guarded = added(this.guarded, value);
    } else if (typeof value === 'number') {
      for (const digits of this.digitsOf(value)) this.guard(digits, node);
    } else if (typeof value === 'object' && value !== null) {
      for (const item of Object.values(value)) this.guard(item, node);
    }
  }

  private placeOf(where: PlanNode | Place, undeclared: boolean): Place {
    return 'tag' in where ? where : placeAt(where.path, indexes, undeclared);
  }
}

/** Of properties before which nothing undeclared may come. */
const MAX_USUAL = 200;
const NO_INDEXES: readonly number[] = [];

/** Most events have nothing to list, and get no list. */
function added<T>(list: readonly T[], item: T): readonly T[] {
  if (list.length === 0) return [item];
  (list as T[]).push(item);
  return list;
}
