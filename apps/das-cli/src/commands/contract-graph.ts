import { join } from 'node:path';
import {
  columnLineage,
  contractLineage,
  lineageForest,
  lineagePart,
  lineageTree,
  type Direction,
  type Lineage,
  type LineageTree,
  type OdcsDocument,
} from '@das/contracts';
import { loadLineage, tracedLineage } from '@das/governance';
import { Option, type Command } from 'commander';
import { readContracts } from '../contract/read-contracts';
import { graphDot, graphMermaid, graphText } from '../contract/render-graph';
import type { CliContext } from '../context';
import { UsageError } from '../usage-error';

const EXAMPLES = `
NAME is a contract, a topic or a table that services write; NAME.column a column of a stream (by its path in the event) or
of a product's table. What a column is made from its contract says in transformSourceObjects; with --traced it is told from
the SQL that is sent to Snowflake (dbt/rendered, which npm run render writes).

Examples:
  das contract graph
  das contract graph --downstream orders_events_v1
  das contract graph --downstream orders_events_v1.customer.email
  das contract graph --upstream customers.email --json | jq -r '.nodes[].name'
  das contract graph --traced --upstream order_lines.sku
  das contract graph --columns --dot | dot -Tsvg >lineage.svg
`;

interface GraphOptions {
  readonly contracts: string;
  readonly upstream?: string;
  readonly downstream?: string;
  readonly columns?: boolean;
  readonly traced?: boolean;
  readonly rendered: string;
  readonly json?: boolean;
  readonly dot?: boolean;
  readonly mermaid?: boolean;
}

export function addGraph(contract: Command, { terminal }: CliContext): void {
  contract
    .command('graph')
    .description('What is made from what, by contract or by column, with how sensitive it is.')
    .addOption(new Option('--upstream <name>', 'what this is made from').conflicts('downstream'))
    .option('--downstream <name>', 'what is made of this')
    .option('--columns', 'by column, where everything is shown')
    .option('--traced', 'by column, as the SQL makes it')
    .option('--rendered <dir>', 'the folder of that SQL', join('dbt', 'rendered'))
    .option('--contracts <dir>', 'the folder of contracts', 'contracts')
    .addOption(new Option('--json', '{nodes, edges}, and nothing else').conflicts(['dot', 'mermaid']))
    .addOption(new Option('--dot', 'for Graphviz').conflicts('mermaid'))
    .option('--mermaid', 'for Markdown')
    .addHelpText('after', EXAMPLES)
    .action((options: GraphOptions) => {
      const documents = readContracts(options.contracts, terminal);
      const shown =
        options.traced === true
          ? chosen({ ...options, columns: true }, NOTHING, () => traced(documents, options.rendered))
          : chosen(options, contractLineage(documents), () => columnLineage(documents));
      terminal.print(rendered(shown, options));
    });
}

/** SQL fills columns; that a contract is made from another one follows. */
const NOTHING: Lineage = { nodes: [], edges: [] };

/** @throws UsageError where the SQL is not there, or was never traced */
function traced(documents: readonly OdcsDocument[], folder: string): Lineage {
  let lineage;
  try {
    lineage = loadLineage(folder);
  } catch {
    throw new UsageError(`${folder} is no folder of traced SQL: name it with --rendered, or npm run render`);
  }
  return tracedLineage(documents, lineage);
}

interface Shown {
  readonly part: Lineage;
  readonly trees: readonly LineageTree[];
}

/** @throws UsageError where nothing has the name */
function chosen(
  { upstream, downstream, columns }: GraphOptions,
  contracts: Lineage,
  columnsOf: () => Lineage,
): Shown {
  const name = upstream ?? downstream;
  if (name === undefined) {
    const part = columns === true ? columnsOf() : contracts;
    return { part, trees: lineageForest(part) };
  }
  const direction: Direction = upstream === undefined ? 'downstream' : 'upstream';
  const lineage = [contracts, columnsOf()].find(({ nodes }) => nodes.some((node) => node.name === name));
  if (lineage === undefined) throw new UsageError(unknown(name, contracts, columnsOf()));
  return { part: lineagePart(lineage, name, direction), trees: [lineageTree(lineage, name, direction)] };
}

/** Names what there is: columns of what was meant, or else everything that has columns. */
function unknown(name: string, contracts: Lineage, columns: Lineage): string {
  const owner = name.split('.')[0] ?? name;
  const near = columns.nodes.filter((node) => node.name.startsWith(`${owner}.`));
  const known = (name.includes('.') && near.length > 0 ? near : contracts.nodes).map((node) => node.name);
  return `nothing has that name: ${known.join(', ')} exist`;
}

function rendered({ part, trees }: Shown, { json, dot, mermaid }: GraphOptions): string {
  if (json === true) return `${JSON.stringify(part, null, 2)}\n`;
  if (dot === true) return graphDot(part);
  return mermaid === true ? graphMermaid(part) : graphText(trees);
}
