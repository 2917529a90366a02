import type { FakesnowEvent } from '../servers/fakesnow';

/** A statement as dbt sent it, without the comment in which dbt says for what. */
export interface DbtStatement {
  /** Such as `model.das.orders`. */
  readonly node: string;
  readonly sql: string;
}

/** dbt puts it behind every statement. */
const COMMENT = /\/\* (\{"app": "dbt".*\}) \*\/;?\s*$/;
const CHANGES = /^(alter|create|delete|drop|grant|insert|merge|revoke|truncate|update)\b/i;

/** What dbt sent for its nodes, in order. Several models are deployed at a time: each one's own are in order among them. */
export function dbtStatements(events: readonly FakesnowEvent[]): readonly DbtStatement[] {
  return events.flatMap(({ event, sql = '' }) => {
    const said = COMMENT.exec(sql);
    if (event !== 'statement' || said === null) return [];
    const { node_id: node } = JSON.parse(said[1] ?? '{}') as { readonly node_id?: string };
    const text = sql
      .slice(0, said.index)
      .trim()
      .replace(/;$/, '')
      .replace(/[ \t]+$/gm, '');
    return node === undefined ? [] : [{ node, sql: text }];
  });
}

/** Whether a statement changes anything, rather than looking something up. */
export function changes({ sql }: DbtStatement): boolean {
  return CHANGES.test(sql);
}
