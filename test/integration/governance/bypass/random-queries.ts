import type { GovernedTable } from '@das/contracts';
import { Random } from '@das/testing';

/** Queries such as somebody would write who wants to learn what is hidden: a third of them may fail on a value that is. */
export function randomQueries(
  seed: number,
  count: number,
  tables: readonly GovernedTable[],
): readonly string[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => randomQuery(random, tables));
}

function randomQuery(random: Random, tables: readonly GovernedTable[]): string {
  const table = random.pick(tables);
  const name = `"${table.database}"."GOLD"."${table.name}"`;
  const a = new Expressions(random, table, 'a');
  const b = new Expressions(random, table, 'b');
  const from = `FROM ${name} AS a`;
  const where = random.chance(0.6) ? ` WHERE ${a.condition()}` : '';
  const shape = random.below(14);
  switch (shape) {
    case 0:
      return `SELECT ${a.any()}, ${a.any()} ${from}${where}`;
    case 1:
      return `SELECT ${a.any()} ${from}${where} ORDER BY ${a.any()}, 1 LIMIT ${1 + random.below(20)}`;
    case 2:
      return `SELECT ${a.any()} AS k, COUNT(*), ${a.aggregate()} ${from}${where} GROUP BY k ORDER BY ALL`;
    case 3:
      return `SELECT ${a.aggregate()}, ${a.aggregate()} ${from}${where}`;
    case 4:
      return `SELECT COUNT(*), ${a.aggregate()} ${from} JOIN ${name} AS b ON ${a.any()} = ${b.any()}${where}`.replace(
        /= (.*?)( WHERE|$)/s,
        (_, right: string, rest: string) => `IS NOT DISTINCT FROM TRY_CAST(${right} AS VARCHAR)${rest}`,
      );
    case 5:
      return `SELECT DISTINCT ${a.any()} ${from}${where} ORDER BY ALL`;
    case 6:
      return `SELECT ${a.any()}, ROW_NUMBER() OVER (PARTITION BY ${a.any()} ORDER BY ${a.any()}), ${a.aggregate()} OVER () ${from}${where}`;
    case 7:
      return `SELECT ${a.any()} ${from} WHERE EXISTS (SELECT 1 FROM ${name} AS b WHERE b."${a.column()}" = a."${a.column()}" AND ${b.condition()})`;
    case 8:
      return `SELECT (SELECT ${b.aggregate()} FROM ${name} AS b WHERE ${b.condition()} AND ${a.condition()}) ${from}${where}`;
    case 9:
      return `SELECT ${a.any()} ${from}${where} UNION SELECT ${a.any()} ${from} ORDER BY ALL`.replace(
        /SELECT (.*?) FROM/gs,
        'SELECT TRY_CAST($1 AS VARCHAR) FROM',
      );
    case 10:
      return `WITH c AS (SELECT *, ${a.any()} AS extra ${from}${where}) SELECT COUNT(*), MAX(extra) FROM c AS a WHERE ${a.condition()}`;
    case 11:
      return `SELECT a.* ${from}${where} QUALIFY RANK() OVER (ORDER BY ${a.any()}) <= ${1 + random.below(9)}`;
    case 12:
      return `SELECT ${a.any()}, b.* ${from} LEFT JOIN LATERAL (SELECT ${b.any()} AS x FROM ${name} AS b WHERE ${b.condition()} LIMIT 1) AS b ON true${where}`;
    default:
      return `SELECT ${a.any()} AS k, ${a.aggregate()} ${from}${where} GROUP BY k`;
  }
}

class Expressions {
  constructor(
    private readonly random: Random,
    private readonly table: GovernedTable,
    private readonly alias: string,
  ) {}

  column(): string {
    return this.random.pick(this.table.columns).name;
  }

  /** Several of them throw for some values, and for none that is seen. */
  any(): string {
    const column = `${this.alias}."${this.column()}"`;
    return this.random.pick([
      column,
      column,
      `${column}::VARCHAR`,
      `LENGTH(${column}::VARCHAR)`,
      `LEFT(${column}::VARCHAR, ${1 + this.random.below(3)})`,
      `TRY_CAST(${column}::VARCHAR AS INTEGER)`,
      `CAST(${column}::VARCHAR AS INTEGER)`,
      `CASE WHEN ${this.condition()} THEN 1 ELSE CAST(${column}::VARCHAR AS BIGINT) END`,
      `SQRT(TRY_CAST(${column}::VARCHAR AS DOUBLE))`,
      `100 / NULLIF(LENGTH(${column}::VARCHAR) - ${this.random.below(8)}, 0)`,
      `COALESCE(${column}::VARCHAR, 'none')`,
      `HASH(${column})`,
      `REGEXP_MATCHES('a', CAST(${column} AS VARCHAR))`,
      `CASE WHEN ${this.condition()} THEN ERROR('found') ELSE 'fine' END`,
      `TRY_CAST(TRY_CAST(${column}::VARCHAR AS INTEGER) AS TINYINT)`,
      `CAST(TRY_CAST(${column}::VARCHAR AS DOUBLE) AS UTINYINT)`,
    ]);
  }

  condition(): string {
    const column = `${this.alias}."${this.column()}"`;
    return this.random.pick([
      `${column} IS NULL`,
      `${column} IS NOT NULL`,
      `${column}::VARCHAR LIKE '%${this.random.pick(['a', '1', '@', 'z', '9', '('])}%'`,
      `REGEXP_MATCHES(${column}::VARCHAR, '${this.random.pick(['^[A-Z]', '[0-9]+', 'anna|carl', '^.$'])}')`,
      `${column}::VARCHAR > '${this.random.pick(['5', 'b', 'n'])}'`,
      `CAST(${column}::VARCHAR AS BIGINT) > 0`,
      `LENGTH(${column}::VARCHAR) > ${this.random.below(10)}`,
      `${column}::VARCHAR IN ('anna', '42', 'not-a-number', 'NA', 'EMEA', 'm1.example')`,
      `CAST(LENGTH(${column}::VARCHAR) * 20 AS UTINYINT) > 3`,
      `${this.alias}."REGION" <> 'EMEA'`,
      `${this.alias}."REGION" = 'EMEA' AND ${column} IS NOT NULL`,
      `(${this.alias}."REGION" = 'NA' OR CAST(${column}::VARCHAR AS INTEGER) = 1)`,
    ]);
  }

  aggregate(): string {
    const inner = this.any();
    return this.random.pick([
      `COUNT(DISTINCT ${inner})`,
      `MIN(${inner})`,
      `MAX(${inner})`,
      `LIST(${inner})`,
      `STRING_AGG(${inner}::VARCHAR, '|')`,
      `APPROX_COUNT_DISTINCT(${inner})`,
      `COUNT(*) FILTER (WHERE ${this.condition()})`,
      `ARG_MAX(${inner}, ${this.any()})`,
      `MODE(${inner})`,
      `BIT_XOR(HASH(${inner}))`,
    ]);
  }
}
