import type { TableName } from '../warehouse';
import type { SyntaxTree } from './syntax-tree';

export interface Found {
  readonly name: string;
  /** Offset in the SQL from 0. */
  readonly at: number | undefined;
}

export interface Visitor {
  /** Whatever is read by name and is no common table expression. */
  table(table: Found & TableName): void;
  tableFunction(found: Found): void;
  function(found: Found & { readonly schema: string }): void;
  /** A form of reading that this does not know. */
  other(found: Found): void;
}

type Node = Readonly<Record<string, unknown>>;

/** Parts of a tree, beside expressions (which have a class), that read nothing by themselves. */
const HARMLESS =
  /^(SELECT_NODE|SET_OPERATION_NODE|RECURSIVE_CTE_NODE|CTE_NODE|JOIN|SUBQUERY|EMPTY|EXPRESSION_LIST|PIVOT|(ORDER|LIMIT|LIMIT_PERCENT|DISTINCT)_MODIFIER|ORDER_DEFAULT|ASCENDING|DESCENDING|\w+_TYPE_INFO)$/;

/** Goes through all of a tree; what it has not met before is `other`, so that nothing passes unseen. */
export function walk(tree: SyntaxTree, visitor: Visitor): void {
  visit(tree, new Set(), visitor);
}

function visit(value: unknown, names: ReadonlySet<string>, visitor: Visitor): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, names, visitor);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const node = value as Node;
  judge(node, names, visitor);
  const inside = commonTables(node, names, visitor);
  for (const [key, child] of Object.entries(node)) if (key !== 'cte_map') visit(child, inside, visitor);
}

/**
 * Visits a node's common table expressions. Each sees those before it, and itself only where it is recursive: so a
 * name that is shadowed later, or elsewhere, still names a table here.
 * @returns the names that the rest of the node sees
 */
function commonTables(node: Node, names: ReadonlySet<string>, visitor: Visitor): ReadonlySet<string> {
  const seen = new Set(names);
  const { map = [] } = (node.cte_map ?? {}) as {
    readonly map?: readonly { readonly key: string; readonly value: { readonly query?: { node?: Node } } }[];
  };
  for (const { key, value } of map) {
    const name = key.toLowerCase();
    const isRecursive = value.query?.node?.type === 'RECURSIVE_CTE_NODE';
    visit(value, isRecursive ? new Set([...seen, name]) : seen, visitor);
    seen.add(name);
  }
  return seen;
}

function judge(node: Node, names: ReadonlySet<string>, visitor: Visitor): void {
  const { type } = node;
  if (node.class === 'FUNCTION' || node.class === 'WINDOW') {
    visitor.function({ name: text(node.function_name), schema: text(node.schema), at: placeOf(node) });
    return;
  }
  if (typeof type !== 'string' || node.class !== undefined) return;
  if (type === 'BASE_TABLE') {
    const [database, schema, name] = [node.catalog_name, node.schema_name, node.table_name].map(
      asWritten,
    ) as [string, string, string];
    const isCommon = database === '' && schema === '' && names.has(name.toLowerCase());
    if (!isCommon) visitor.table({ database, schema, name, at: placeOf(node) });
  } else if (type === 'TABLE_FUNCTION') {
    const called = node.function as Node | undefined;
    visitor.tableFunction({ name: text(called?.function_name), at: placeOf(node) });
  } else if (!HARMLESS.test(type)) {
    visitor.other({ name: type.toLowerCase().replaceAll('_', ' '), at: placeOf(node) });
  }
}

function text(value: unknown): string {
  return asWritten(value).toLowerCase();
}

function asWritten(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Where there is none, the tree has the largest number instead. */
function placeOf({ query_location: at }: Node): number | undefined {
  return typeof at === 'number' && Number.isSafeInteger(at) ? at : undefined;
}
