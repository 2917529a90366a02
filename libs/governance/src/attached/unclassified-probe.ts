import type { AccessBook } from '@das/contracts';
import { identifier, literal, qualified } from '../compile/sql-text';
import { seeEverything } from '../compile/masking-policies';
import type { Cell, Environment, TableExpectations } from '../expectations/expectation-file';
import { asText, type ScratchTable } from './scratch-tables';

/** A value of each type that a tag's policy may have. */
const VALUES: Readonly<Record<string, string>> = {
  VARCHAR: "'unclassified'",
  NUMBER: '7',
  FLOAT: '1.5',
  BOOLEAN: 'TRUE',
  DATE: "'2026-01-02'::DATE",
  TIME: "'03:04:05'::TIME",
  TIMESTAMP_TZ: "'2026-01-02 03:04:05 +00:00'::TIMESTAMP_TZ",
  TIMESTAMP_NTZ: "'2026-01-02 03:04:05'::TIMESTAMP_NTZ",
  TIMESTAMP_LTZ: "'2026-01-02 03:04:05'::TIMESTAMP_LTZ",
  VARIANT: 'TO_VARIANT(7)',
  ARRAY: 'ARRAY_CONSTRUCT(7)',
  OBJECT: "OBJECT_CONSTRUCT('seven', 7)",
  BINARY: "TO_BINARY('07', 'HEX')",
};
const ROW = 'any';

/** A table of a domain that nobody classified, and what has to be seen of it: nothing, but by who sees everything. */
export interface Probe {
  readonly expected: TableExpectations;
  readonly table: ScratchTable;
}

/** @param policies - the domain's statements: a column for each type that DENY_UNCLASSIFIED has */
export function unclassifiedProbe(
  { domain, database }: { readonly domain: string; readonly database: string },
  policies: readonly string[],
  {
    roles,
    environments,
  }: { readonly roles: readonly string[]; readonly environments: readonly Environment[] },
  access: AccessBook,
): Probe {
  const types = policies.flatMap((sql) => {
    const [, type] =
      /^CREATE MASKING POLICY IF NOT EXISTS "\w+"\."OPS"\."DENY_UNCLASSIFIED_(\w+)"/.exec(sql) ?? [];
    return type !== undefined && VALUES[type] !== undefined ? [type] : [];
  });
  const name = qualified(database, 'GOLD', 'UNCLASSIFIED_PROBE');
  const columns = types.map((type) => `OF_${type}`);
  const selected = types.map((type) => `${VALUES[type] ?? ''} AS ${identifier(`OF_${type}`)}`).join(', ');
  const literals = `SELECT ${literal(ROW)} AS "ROW_CLASS", ${selected}`;
  const names = ['ROW_CLASS', ...columns].map(identifier).join(', ');
  const tag = qualified(database, 'OPS', 'CLASSIFICATION');
  const defined = types.map((type) => `${identifier(`OF_${type}`)} ${type}`).join(', ');
  const table = `${domain}'s unclassified`;
  return {
    expected: {
      table,
      mapping: {},
      rows: new Map([[ROW, {}]]),
      cells: environments.flatMap((environment) =>
        roles.flatMap((role) =>
          columns.map((column): Cell => ({
            environment,
            table,
            role,
            rowClass: ROW,
            column: column.toLowerCase(),
            seen: seeEverything(access).includes(role) ? { as: 'clear' } : { as: 'masked', literal: null },
            place: `sql/policies/${domain}`,
          })),
        ),
      ),
    },
    table: {
      table,
      columns,
      name,
      isView: false,
      projected: [],
      isGrouped: false,
      statements: [
        `CREATE TABLE ${name} ("ROW_CLASS" VARCHAR WITH TAG (${tag} = 'public'), ${defined})`,
        `INSERT INTO ${name} (${names}) SELECT ${names} FROM (${literals}) AS literal_rows`,
      ],
      clear: `SELECT ${['"ROW_CLASS"', ...columns.map(asText)].join(', ')} FROM (${literals}) AS literal_rows`,
    },
  };
}
