import type { Lineage, LineageNode, LineageTree } from '@das/contracts';

/** A tree for a terminal. */
export function graphText(trees: readonly LineageTree[]): string {
  return trees
    .flatMap((tree) => [headOf(tree), ...branches(tree.next, '')])
    .map((line) => `${line}\n`)
    .join('');
}

function branches(trees: readonly LineageTree[], indent: string): readonly string[] {
  return trees.flatMap((tree, index) => {
    const isLast = index === trees.length - 1;
    return [
      `${indent}${isLast ? '└─ ' : '├─ '}${headOf(tree)}`,
      ...branches(tree.next, `${indent}${isLast ? '   ' : '│  '}`),
    ];
  });
}

function headOf({ node, isShownAbove }: LineageTree): string {
  return [node.name, ...marksOf(node), ...(isShownAbove ? ['(shown above)'] : [])].join('  ');
}

function marksOf({ kind, version, classification, phi }: LineageNode): readonly string[] {
  return [
    kind === 'column' ? null : kind,
    kind === 'column' ? null : version,
    classification,
    phi === null ? null : `phi:${phi}`,
  ].filter((mark) => mark !== null);
}

/** In Graphviz's language; what is personal is red. */
export function graphDot({ nodes, edges }: Lineage): string {
  const lines = [
    ...nodes.map((node) => {
      const label = [node.name, marksOf(node).join(' ')].filter((line) => line !== '').map(dotText);
      const colour = isPersonal(node) ? ', color="#b00020"' : '';
      return `  "${dotText(node.name)}" [label="${label.join('\\n')}"${colour}];`;
    }),
    ...edges.map(({ from, to }) => `  "${dotText(from)}" -> "${dotText(to)}";`),
  ];
  return `digraph lineage {\n  rankdir=LR;\n  node [shape=box];\n${lines.join('\n')}\n}\n`;
}

/** In Mermaid's language, which has no names with dots. */
export function graphMermaid({ nodes, edges }: Lineage): string {
  const ids = new Map(nodes.map(({ name }, index) => [name, `n${index}`]));
  const lines = [
    ...nodes.map((node) => {
      const label = [node.name, ...marksOf(node)].join(' ').replaceAll('"', '#quot;');
      return `  ${ids.get(node.name)}["${label}"]${isPersonal(node) ? ':::personal' : ''}`;
    }),
    ...edges.map(({ from, to }) => `  ${ids.get(from)} --> ${ids.get(to)}`),
    '  classDef personal stroke:#b00020,stroke-width:2px',
  ];
  return `flowchart LR\n${lines.join('\n')}\n`;
}

function dotText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

function isPersonal({ classification }: LineageNode): boolean {
  return classification === 'pii' || classification === 'phi';
}
