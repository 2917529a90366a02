import type { AccessBook } from '../../access/access-book';
import { customValue } from '../../das-properties';
import type { OdcsDocument } from '../../odcs';
import type { ProductContract } from '../../product-contract';
import { toProductContract } from '../../product-view';
import { generatedFrom } from '../header';
import { lineageGraph } from './lineage-graph';
import { codes, paragraphs, prose } from './markdown';
import { promisesSection } from './promises-section';
import { readersSection } from './readers-section';
import { tableSection } from './table-section';

/** A product's page, for who wants to use it, and for who wants to know who does. */
export function productPage(
  document: OdcsDocument,
  documents: readonly OdcsDocument[],
  access: AccessBook,
  contractFile: string,
): string {
  const product = toProductContract(document);
  return [
    `<!-- ${generatedFrom(contractFile)} -->`,
    `# ${product.product}`,
    '',
    paragraphs(product.purpose),
    '',
    ...facts(document, product, contractFile),
    '',
    ...whatElseIsSaid(document),
    ...exampleQuery(document, product, access),
    ...readersSection(document, product, access),
    ...promisesSection(document, product),
    ...document.schema.flatMap((table, index) => {
      const view = product.tables[index];
      return view === undefined || view.internal ? [] : tableSection(table, view, access);
    }),
    '## What it is made from',
    '',
    ...lineageGraph(document, documents),
    '',
    ...stepsOnTheWay(product),
  ].join('\n');
}

function facts(document: OdcsDocument, product: ProductContract, contractFile: string): readonly string[] {
  const { version, status, team, support, slaProperties } = document;
  const end = slaProperties.find(({ property }) => property === 'endOfLife')?.value;
  const channel = support[0]?.channel;
  const replaced = customValue(document, 'das.replaces');
  return [
    `- **Version**: ${version}, ${status}${end === undefined ? '' : `, **ends on ${end}**`} ([contract](../../../${contractFile}))`,
    ...(replaced === undefined ? [] : [`- **Replaces**: [${replaced}](${replaced}.md)`]),
    `- **Owner**: ${prose(team.name)}${channel === undefined ? '' : `, asked in ${prose(channel)}`}`,
    `- **May be used for**: ${product.purposes.map(prose).join(', ')}`,
    `- **Kind**: ${product.archetype}, of the domain \`${product.domain}\``,
  ];
}

/** What a contract's `description` says beside its purpose. */
function whatElseIsSaid({ description }: OdcsDocument): readonly string[] {
  return (['usage', 'limitations'] as const).flatMap((name) => {
    const text = description[name];
    if (typeof text !== 'string') return [];
    return [`**${name === 'usage' ? 'How to use it.' : 'What it cannot say.'}** ${paragraphs(text)}`, ''];
  });
}

/** As one of its readers, a person where there is one; of a table of which rows are seen. */
function exampleQuery(
  { schema }: OdcsDocument,
  product: ProductContract,
  { roles }: AccessBook,
): readonly string[] {
  const rows = product.tables.filter(({ internal }, index) => {
    const table = schema[index];
    return !internal && table !== undefined && customValue(table, 'das.aggregation') === undefined;
  });
  const table = rows.at(-1)?.table;
  const reader = product.readers.find((role) => roles[role]?.kind === 'functional') ?? product.readers[0];
  if (table === undefined) return [];
  const name = [table.database, table.schema, table.name].join('.').toLowerCase();
  return [
    '```',
    `das query 'select * from ${name}' --limit 20${reader === undefined ? '' : ` --role ${reader}`}`,
    '```',
    '',
  ];
}

function stepsOnTheWay({ tables }: ProductContract): readonly string[] {
  const steps = tables.filter(({ internal }) => internal).map(({ table }) => table.name);
  return steps.length === 0 ? [] : [`Steps on the way, which no consumer reads: ${codes(steps)}.`, ''];
}
