import { isSafeUrl, readEnvironment } from '@das/environment';
import { z } from 'zod';
import { openLocal } from './local/local-warehouse';
import { DEMO, hasDemo, isTargetNamed } from './local-folders';
import { sessionOf, type Session } from './snowflake/session';
import type { SnowflakeSettings } from './snowflake/sessions';
import { openSnowflake } from './snowflake/snowflake-warehouse';
import type { ReaderRole } from './reader-role';
import type { Warehouse } from './warehouse';

const text = z.string().min(1);
const target = z.object({
  /** The folder of a local endpoint's lake. */
  DAS_LAKE: text.optional(),
  /** The folder that local builds publish into. Without both, Snowflake is read. */
  DAS_REFINED: text.optional(),
  DAS_READ_TIMEOUT_SECONDS: z.coerce.number().int().positive().max(86_400).default(300),
});

const snowflake = z.object({
  SNOWFLAKE_ACCOUNT_URL: z.url().refine(isSafe, 'is no https URL, and not on loopback'),
  SNOWFLAKE_ACCOUNT: text,
  SNOWFLAKE_USER: text,
  SNOWFLAKE_PRIVATE_KEY_PATH: text,
  /** Who reads, where that is another one than who writes. */
  DAS_READ_USER: text.optional(),
  DAS_READ_PRIVATE_KEY_PATH: text.optional(),
  DAS_READ_ROLE: text.optional(),
  DAS_READ_WAREHOUSE: text.optional(),
  /** How many queries run at once; more wait. */
  DAS_READ_SESSIONS: z.coerce.number().int().positive().max(100).default(4),
});

/** Tokens and rows never travel in clear. */
function isSafe(url: string): boolean {
  return URL.canParse(url) && isSafeUrl(new URL(url));
}

export interface OpenOptions {
  /** Names the program in the warehouse's history. */
  readonly queryTag: string;
  /** Is told, in a line, of anything that whoever reads should know. */
  readonly note?: (line: string) => void;
  /** Reads as somebody: sees what the policies let that role see. Undefined: as whoever owns the files, or the user's own role. */
  readonly as?: ReaderRole | undefined;
}

/** Whether there is a warehouse that the environment names, or a demo's; whether rightly is `openWarehouse`'s matter. */
export function isWarehouseConfigured(variables: NodeJS.ProcessEnv): boolean {
  return isTargetNamed(variables) || hasDemo();
}

/**
 * The warehouse that the environment names, or what a demo left. Nothing outside this lib asks which one it is.
 * @throws Failure setup
 */
export async function openWarehouse(
  variables: NodeJS.ProcessEnv,
  { queryTag, note, as }: OpenOptions,
): Promise<Warehouse> {
  const {
    DAS_LAKE,
    DAS_REFINED,
    DAS_READ_TIMEOUT_SECONDS: timeoutSeconds,
  } = readEnvironment(target, variables);
  if (DAS_LAKE !== undefined || DAS_REFINED !== undefined)
    return openLocal({ lake: DAS_LAKE, refined: DAS_REFINED, timeoutSeconds, as });
  if (!isTargetNamed(variables) && hasDemo()) {
    note?.(`no target is configured: reading what the demo left in ${DEMO.lake} and ${DEMO.refined}`);
    return openLocal({ ...DEMO, timeoutSeconds, as });
  }
  return openSnowflake(snowflakeSettings(variables, queryTag, as?.role));
}

/**
 * A session of the Snowflake account that the environment names, as the user who reads; local folders are not looked at.
 * @throws Failure setup
 */
export async function openSession(
  variables: NodeJS.ProcessEnv,
  { queryTag }: Pick<OpenOptions, 'queryTag'>,
): Promise<Session> {
  return sessionOf(snowflakeSettings(variables, queryTag, undefined));
}

function snowflakeSettings(
  variables: NodeJS.ProcessEnv,
  queryTag: string,
  role: string | undefined,
): SnowflakeSettings {
  const { DAS_READ_TIMEOUT_SECONDS: timeoutSeconds } = readEnvironment(target, variables);
  const env = readEnvironment(snowflake, variables);
  return {
    accountUrl: env.SNOWFLAKE_ACCOUNT_URL,
    account: env.SNOWFLAKE_ACCOUNT,
    user: env.DAS_READ_USER ?? env.SNOWFLAKE_USER,
    privateKeyPath: env.DAS_READ_PRIVATE_KEY_PATH ?? env.SNOWFLAKE_PRIVATE_KEY_PATH,
    role: role ?? env.DAS_READ_ROLE,
    warehouse: env.DAS_READ_WAREHOUSE,
    sessions: env.DAS_READ_SESSIONS,
    timeoutSeconds,
    queryTag,
  };
}
