import type { AccessBook } from '../../access/access-book';
import { customValue } from '../../das-properties';
import { goldColumns } from '../../gold-columns';
import type { ModelColumn } from '../../model-column';
import type { OdcsTable } from '../../odcs';
import type { ProductTable } from '../../product-contract';
import { codes, markdownTable, paragraphs, prose } from './markdown';

/** One table that consumers are promised: its rows, who sees which of them, its columns and its rules. */
export function tableSection(table: OdcsTable, view: ProductTable, access: AccessBook): readonly string[] {
  const { database, schema, name } = view.table;
  return [
    `## ${name}`,
    '',
    paragraphs(table.description),
    '',
    `- **Table**: \`${database}.${schema}.${name}\` (${view.materialized.replaceAll('_', ' ')}), ${view.classification} at most`,
    `- **Key**: ${codes(view.key)}`,
    `- **Rows**: ${rowsSeen(view, access)}`,
    ...groupsSeen(table, access),
    '',
    ...markdownTable(
      ['column', 'type', 'class', 'seen', 'meaning'],
      goldColumns(table).map((column) => columnRow(column, access)),
    ),
    '',
    ...rulesOf(table),
  ];
}

function rowsSeen({ rowAccess }: ProductTable, { rowAccess: { policies } }: AccessBook): string {
  const policy = policies[rowAccess.policy];
  return `${prose(policy?.description ?? `the policy ${rowAccess.policy}`)} Decided by ${rowAccess.columns.map((column) => `\`${column}\``).join(', ')}.`;
}

function groupsSeen(table: OdcsTable, { constraints }: AccessBook): readonly string[] {
  const grouped = customValue(table, 'das.aggregation');
  if (grouped === undefined) return [];
  const said = constraints.aggregation[grouped.policy]?.description ?? grouped.policy;
  const entity = grouped.entity?.map((column) => column.toUpperCase());
  return [`- **Groups**: ${prose(said)}${entity === undefined ? '' : ` Counted by ${codes(entity)}.`}`];
}

function columnRow(column: ModelColumn, access: AccessBook): readonly string[] {
  const { name, type, nullable, classification, kind, description } = column;
  return [
    `\`${name.toUpperCase()}\``,
    `${type}${nullable ? '' : ', never null'}`,
    kind === undefined ? classification : `${classification}, ${kind}`,
    seen(column, access),
    prose(`${description}${valuesOf(column)}`),
  ];
}

function seen({ mask, projection }: ModelColumn, { masking, constraints }: AccessBook): string {
  if (projection !== undefined)
    return `not shown: ${prose(constraints.projection[projection]?.description ?? projection)}`;
  if (mask === undefined) return 'as it is';
  const form = prose(masking.forms[mask.form].description);
  if (mask.clearFor.length === 0) return `by nobody as it is. **${mask.form}**: ${form}`;
  return `as it is by ${codes(mask.clearFor)}; by others **${mask.form}**: ${form}`;
}

function valuesOf({ allowed }: ModelColumn): string {
  return allowed === undefined ? '' : ` One of ${codes(allowed.map(String))}.`;
}

function rulesOf(table: OdcsTable): readonly string[] {
  const references = goldColumns(table).flatMap(({ name, references = [] }) =>
    references.map((to) => `- \`${name.toUpperCase()}\` is a value of \`${to.toUpperCase()}\`.`),
  );
  const rules = (table.quality ?? []).map(({ name, description }) => `- \`${name}\`: ${prose(description)}`);
  const frozen = customValue(table, 'das.model')?.frozen;
  const kept =
    frozen === undefined
      ? []
      : [
          `- Rows whose \`${frozen.column.toUpperCase()}\` is older than \`${frozen.after}\` do not change any more.`,
        ];
  const all = [...references, ...rules, ...kept];
  return all.length === 0 ? [] : ['Rules that hold, beside key, nulls and values:', '', ...all, ''];
}
