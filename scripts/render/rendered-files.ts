import { changes, type DbtStatement } from '@das/testing';

/** A model in dbt's manifest. */
export interface ManifestNode {
  readonly resource_type: string;
  readonly database: string;
  readonly schema: string;
  readonly alias: string;
}

export interface RenderedFile {
  /** Below `dbt/rendered`. */
  readonly path: string;
  readonly text: string;
}

/**
 * One file for each model: everything that dbt sends to deploy it where nothing is yet, in order.
 * @throws Error where something changes that is of no model, such as a hook of the whole run: nobody would look at it
 */
export function renderFiles(
  nodes: Readonly<Record<string, ManifestNode>>,
  statements: readonly DbtStatement[],
): readonly RenderedFile[] {
  const others = statements.filter(
    (statement) => changes(statement) && nodes[statement.node]?.resource_type !== 'model',
  );
  if (others.length > 0)
    throw new Error(others.map(({ node, sql }) => `${node} is no model, and sends ${sql}`).join('\n'));
  return Object.entries(nodes)
    .filter(([, { resource_type: type }]) => type === 'model')
    .map(([id, { database, schema, alias }]) => {
      const own = statements.filter((statement) => statement.node === id && changes(statement));
      return {
        path: `${[database, schema, alias].join('/').toLowerCase()}.sql`,
        text: [
          `-- What dbt sends to Snowflake for ${database}.${schema}.${alias}. Written by npm run render; do not edit.`,
          ...own.map(({ sql }) => `${sql};\n`),
        ].join('\n'),
      };
    })
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}
