import type { FakesnowEvent } from '../servers/fakesnow';

/** A statement as dbt sent it, without the comment in which dbt says for what. */
export interface DbtStatement {
  /** Such as `model.das.orders`. */
  readonly node: string;
  readonly sql: string;
}

/** dbt puts it behind every statement. */
const COMMENT = /\/\* (\{"app": "dbt".*\}) \*\/;?\s*$/;
const CHANGES =
  /^(alter|call|comment|copy|create|declare|delete|drop|execute|grant|insert|merge|revoke|truncate|undrop|update)\b/i;
/** A block, and no transaction. */
const BLOCK = /^begin\b(?!\s*(?:work|transaction)?\s*;?\s*$)/i;
/** Comments, and what may stand before a statement. */
const BEFORE = /^(?:\s|;|--[^\n]*(?:\n|$)|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/;

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
  const own = sql.replace(BEFORE, '');
  return CHANGES.test(own) || BLOCK.test(own);
}
