import type { StreamContract } from '@das/contracts';
import type { KeyPurpose } from '@das/pipeline';
import { qualified, type Query } from '../dead-letters/dead-letter-sql';
import type { Reader } from '../with-warehouse';

/** Around the key's id in a token: `tok.` or `lnk.` before it, a point and 43 characters behind it. */
const BEFORE = 4;
const BEHIND = 44;
const KEY_ID = `SUBSTR(v."VALUE", ${BEFORE + 1}, LENGTH(v."VALUE") - ${BEFORE + BEHIND})`;

/** Somewhere that tokens of a purpose stand. */
export interface TokenPlace {
  readonly stream: string;
  /** A path of the payload, or a column. */
  readonly name: string;
  /** A SELECT of texts, as VALUE; not all of them need be tokens. */
  readonly sql: string;
}

/** A domain whose tokens are mapped together, into the one table that it has. */
export interface RekeyDomain {
  readonly name: string;
  readonly database: string;
  /** BRONZE of the streams whose places these are. */
  readonly tables: readonly StreamContract['table'][];
  readonly places: readonly TokenPlace[];
}

export function rekeysTable({ database }: Pick<RekeyDomain, 'database'>) {
  return { database, schema: 'OPS', name: 'TOKEN_REKEYS' };
}

/** Where tokens of a purpose have landed, by domain: a link key's are in every one. */
export function domainsOf(
  purpose: KeyPurpose,
  contracts: readonly StreamContract[],
  textsAt: Reader['textsAt'],
): readonly RekeyDomain[] {
  const domains = new Map<string, RekeyDomain>();
  for (const contract of contracts) {
    const places =
      purpose === 'link' ? linkPlaces(contract, textsAt) : tokenPlaces(purpose, contract, textsAt);
    if (places.length === 0) continue;
    const { domain: name, table } = contract;
    const known = domains.get(name) ?? { name, database: table.database, tables: [], places: [] };
    domains.set(name, { ...known, tables: [...known.tables, table], places: [...known.places, ...places] });
  }
  return [...domains.values()];
}

function tokenPlaces(
  purpose: KeyPurpose,
  { domain, stream, table, phi, paths }: StreamContract,
  textsAt: Reader['textsAt'],
): readonly TokenPlace[] {
  if (purpose !== `token:${domain}`) return [];
  const tokenised = phi.filter(({ protect }) => protect === 'tokenize').map(({ path }) => path);
  const name = (path: readonly string[]): string => path.join('.').replaceAll('.[]', '[]');
  const columns = Object.entries({ EVENT_ID: paths.eventId, SUBJECT_KEY: paths.subjectKey })
    .filter(([, path]) => tokenised.some((one) => name(one) === name(path)))
    .map(([column]) => column);
  return [
    ...tokenised.map((path) => ({
      stream,
      name: name(path),
      sql: textsAt({ table, column: 'PAYLOAD', path }),
    })),
    ...columns.map((column) => ({
      stream,
      name: column,
      sql: `SELECT "${column}" AS "VALUE" FROM ${qualified(table.database, table.schema, table.name)}`,
    })),
  ];
}

function linkPlaces(
  { stream, table, phi }: StreamContract,
  textsAt: Reader['textsAt'],
): readonly TokenPlace[] {
  const links = new Set(phi.flatMap(({ link }) => (link === undefined ? [] : [link])));
  return [...links].map((link) => ({
    stream,
    name: `LINK_TOKENS.${link}`,
    sql: textsAt({ table, column: 'LINK_TOKENS', path: [link] }),
  }));
}

/** How many events landed whose payload the asking role does not see: a masking policy shows it as null. */
export function maskedQuery({ database, schema, name }: StreamContract['table']): Query {
  return {
    sql: `SELECT COUNT(*) AS "EVENTS" FROM ${qualified(database, schema, name)} WHERE "OUTCOME" = 'landed' AND "PAYLOAD" IS NULL`,
    binds: [],
  };
}

/** Distinct tokens of a place, by the key that made them. */
export function countQuery({ sql }: TokenPlace, prefix: string): Query {
  return {
    sql:
      `SELECT ${KEY_ID} AS "KEY", COUNT(DISTINCT v."VALUE") AS "TOKENS" FROM (${sql}) v ` +
      `WHERE LEFT(v."VALUE", ${BEFORE}) = ? AND LENGTH(v."VALUE") > ${BEFORE + BEHIND} GROUP BY ${KEY_ID}`,
    binds: [`${prefix}.`],
  };
}

/**
 * Every token of these keys that has no row yet, once. What an earlier re-keying made is looked at too: SILVER has it
 * where BRONZE no longer has what it was made of.
 */
export function unmappedQuery(
  domain: RekeyDomain,
  fromKeys: readonly string[],
  prefix: string,
  toKey: string,
): Query {
  const { database, schema, name } = rekeysTable(domain);
  const table = qualified(database, schema, name);
  const texts = [...domain.places.map(({ sql }) => sql), `SELECT "NEW_TOKEN" AS "VALUE" FROM ${table}`];
  return {
    sql:
      `SELECT DISTINCT v."VALUE" AS "TOKEN" FROM (${texts.join(' UNION ALL ')}) v ` +
      `LEFT JOIN (SELECT "OLD_TOKEN" FROM ${table} WHERE "TO_KEY" = ?) r ON r."OLD_TOKEN" = v."VALUE" ` +
      `WHERE r."OLD_TOKEN" IS NULL AND LEFT(v."VALUE", ${BEFORE}) = ? AND LENGTH(v."VALUE") > ${BEFORE + BEHIND} ` +
      `AND ${KEY_ID} IN (${fromKeys.map(() => '?').join(', ')})`,
    binds: [toKey, `${prefix}.`, ...fromKeys],
  };
}

/** How many tokens have a row. */
export function mappedQuery(domain: RekeyDomain, toKey: string): Query {
  const { database, schema, name } = rekeysTable(domain);
  return {
    sql: `SELECT COUNT(*) AS "TOKENS" FROM ${qualified(database, schema, name)} WHERE "TO_KEY" = ?`,
    binds: [toKey],
  };
}
