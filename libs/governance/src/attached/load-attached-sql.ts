import { join } from 'node:path';
import { readRenderedSql, renderedOf } from '../rendered/load-rendered';
import { appliedStatements } from '../rendered/read-policies';
import type { AttachedSql } from './plan';

/** What of some domains was rendered for Snowflake. @param root - the repository */
export function loadAttachedSql(root: string, domains: readonly string[]): AttachedSql {
  const { account, files } = readRenderedSql(root);
  return {
    policies: new Map(
      domains.map((domain) => [domain, appliedStatements(join(root, 'sql/policies', domain))] as const),
    ),
    files,
    grants: renderedOf(account, files).grants,
  };
}
