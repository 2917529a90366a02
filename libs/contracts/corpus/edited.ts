import type { Document } from 'yaml';

/** A file that is being edited, by names rather than by positions. */
export class Edited {
  constructor(private readonly yaml: Document) {}

  /** The path of a table, of a column (`orders.total_usd`), or of a property of an event (`orders_events_v1.customer.email`). */
  at(dotted: string): (string | number)[] {
    const [table = '', ...columns] = dotted.split('.');
    const path: (string | number)[] = ['schema', this.indexIn(['schema'], 'name', table)];
    for (const column of columns) {
      if (column === '[]') path.push('items');
      else path.push('properties', this.indexIn([...path, 'properties'], 'name', column));
    }
    return path;
  }

  set(path: readonly (string | number)[], value: unknown): this {
    this.yaml.setIn(path, this.yaml.createNode(value));
    return this;
  }

  drop(path: readonly (string | number)[]): this {
    this.yaml.deleteIn(path);
    return this;
  }

  add(path: readonly (string | number)[], value: unknown): this {
    this.yaml.addIn(path, this.yaml.createNode(value));
    return this;
  }

  get(path: readonly (string | number)[]): unknown {
    const node: unknown = this.yaml.getIn(path);
    return (node as { toJSON?: () => unknown } | undefined)?.toJSON?.() ?? node;
  }

  /** The value of a custom property of what stands at the path. */
  custom(owner: readonly (string | number)[], name: string): (string | number)[] {
    const path = [...owner, 'customProperties'];
    return [...path, this.indexIn(path, 'property', name), 'value'];
  }

  setCustom(owner: readonly (string | number)[], property: string, value: unknown): this {
    const path = [...owner, 'customProperties'];
    if (this.get(path) === undefined) this.set(path, []);
    const list = this.get(path) as readonly { readonly property: string }[];
    const index = list.findIndex((item) => item.property === property);
    return index < 0 ? this.add(path, { property, value }) : this.set([...path, index, 'value'], value);
  }

  dropCustom(owner: readonly (string | number)[], name: string): this {
    return this.drop(this.custom(owner, name).slice(0, -1));
  }

  sla(name: string): (string | number)[] {
    return ['slaProperties', this.indexIn(['slaProperties'], 'property', name)];
  }

  indexIn(path: readonly (string | number)[], key: string, value: string): number {
    const list = this.get(path) as readonly Record<string, unknown>[];
    const index = list.findIndex((item) => item[key] === value);
    if (index < 0) throw new Error(`${path.join('.')} has no ${key} ${value}`);
    return index;
  }
}
