import type { GeneratedFile } from '@das/contracts';
import type { DeclaredAccount } from '../account-model';
import { script } from './script';
import { literal, quoted, variable } from './sql-text';

/**
 * Resource monitors see warehouses alone: of tasks, dynamic tables and streaming a budget per domain tells when they are
 * about to cost more than is declared. It stops nothing. Classes and their methods are no SQL that sqlfluff knows.
 */
export function budgetFile({ databases }: DeclaredAccount): GeneratedFile {
  return script(
    'account',
    800,
    'budgets',
    databases.flatMap(({ name }) => {
      const budget = quoted(`${name}.OPS.SERVERLESS`);
      return [
        `EXECUTE IMMEDIATE $$CREATE SNOWFLAKE.CORE.BUDGET IF NOT EXISTS ${budget}()$$`,
        `EXECUTE IMMEDIATE $$CALL ${budget}!SET_SPENDING_LIMIT(${variable('serverless_credits')})$$`,
        `EXECUTE IMMEDIATE $$CALL ${budget}!ADD_RESOURCE(SELECT SYSTEM$REFERENCE('DATABASE', ${literal(quoted(name))}, 'SESSION', 'APPLYBUDGET'))$$`,
      ];
    }),
  );
}
