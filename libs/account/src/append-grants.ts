import type { AccessBook } from '@das/contracts';
import { accountRole, type ObjectGrant, type StreamTable } from './account-model';

/** Of a domain's OPS: where `das` says what it did, by the way that collectors append. */
const LOGS = ['DEAD_LETTER_AUDIT', 'TOKEN_REKEYS'];

/**
 * A collector appends to its own table and to no other, and reads nothing: tokens tell it where it was. The default pipe of a
 * table needs no grant of its own (Snowflake: "Access control" of Snowpipe Streaming).
 */
export function appendGrants(streams: readonly StreamTable[], { roles }: AccessBook): readonly ObjectGrant[] {
  return Object.entries(roles).flatMap(([role, { collects, replays }]) => {
    const own = streams.filter(({ stream }) => replays || stream === collects);
    const databases = [...new Set(own.map(({ database }) => database))];
    return databases.flatMap((database) => {
      const tables = own.filter((table) => table.database === database).map(({ name }) => name);
      return [
        usage('DATABASE', database, role),
        ...appends(database, 'BRONZE', tables, role),
        ...(replays ? appends(database, 'OPS', LOGS, role) : []),
      ];
    });
  });
}

function appends(
  database: string,
  schema: string,
  tables: readonly string[],
  role: string,
): readonly ObjectGrant[] {
  return [
    usage('SCHEMA', `${database}.${schema}`, role),
    ...tables.map((table) => ({
      privilege: 'INSERT',
      on: 'TABLE',
      object: `${database}.${schema}.${table}`,
      to: accountRole(role),
    })),
  ];
}

function usage(on: string, object: string, role: string): ObjectGrant {
  return { privilege: 'USAGE', on, object, to: accountRole(role) };
}
