import type { GovernedTable } from '@das/contracts';
import { identifier, literal } from '../compile/sql-text';
import type { TableExpectations } from '../expectations/expectation-file';

/** A SELECT of the rows that somebody expects something of, with ROW_CLASS before the columns, in the types of the contract. */
export function literalRows({ columns }: GovernedTable, rows: TableExpectations['rows']): string {
  const selects = [...rows].map(([rowClass, values]) => {
    const cells = columns.map(({ name, type }) => {
      const value = values[name.toLowerCase()] ?? null;
      return `cast(${value === null ? 'null' : literal(String(value))} as ${type}) as ${identifier(name)}`;
    });
    return `select ${literal(rowClass)} as ROW_CLASS, ${cells.join(', ')}`;
  });
  return selects.join('\nunion all\n');
}
