import { isPair, isScalar, isSeq, visit, type Document, type Node, type Pair } from 'yaml';
import type { Path } from './finding';

/** What schemachange and dbt take for the begin of a template: what follows would be run, with the rights of whoever deploys. */
const OPENS = /\{[{%#]/;

/** Where a text would be more than a text in the scripts and models that are made of it, and what it has there. */
export function templatesIn(
  yaml: Document,
): readonly { readonly offset: number; readonly path: Path; readonly opens: string }[] {
  const found: { offset: number; path: Path; opens: string }[] = [];
  visit(yaml, {
    Scalar(_, node, ancestors) {
      const opens = typeof node.value === 'string' ? OPENS.exec(node.value)?.[0] : undefined;
      if (opens === undefined) return;
      found.push({ offset: node.range?.[0] ?? 0, path: pathTo([...ancestors, node]), opens });
    },
  });
  return found;
}

function pathTo(nodes: readonly (Document | Node | Pair)[]): Path {
  return nodes.flatMap((node, index): Path => {
    const next = nodes[index + 1];
    if (isPair(node)) return [String(isScalar(node.key) ? node.key.value : node.key)];
    return isSeq(node) && next !== undefined ? [node.items.indexOf(next)] : [];
  });
}
