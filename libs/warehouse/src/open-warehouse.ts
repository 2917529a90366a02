import { isSafeUrl, readEnvironment } from '@das/environment';
import { z } from 'zod';
import { openLake } from './lake/lake-warehouse';
import { openSnowflake } from './snowflake/snowflake-warehouse';
import type { Warehouse } from './warehouse';

const text = z.string().min(1);
const target = z.object({
  /** The folder of a local endpoint's lake; not set: Snowflake. */
  DAS_LAKE: text.optional(),
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
  DAS_READ_TIMEOUT_SECONDS: z.coerce.number().int().positive().max(86_400).default(300),
});

/** Tokens and rows never travel in clear. */
function isSafe(url: string): boolean {
  return URL.canParse(url) && isSafeUrl(new URL(url));
}

/** Whether the environment names a warehouse at all; whether rightly is `openWarehouse`'s matter. */
export function isWarehouseConfigured({ DAS_LAKE, SNOWFLAKE_ACCOUNT_URL }: NodeJS.ProcessEnv): boolean {
  return [DAS_LAKE, SNOWFLAKE_ACCOUNT_URL].some((value) => value !== undefined && value !== '');
}

/**
 * The warehouse that the environment names. Nothing outside this lib asks which one it is.
 * @param queryTag - names the program in the warehouse's history
 * @throws Failure setup
 */
export async function openWarehouse(variables: NodeJS.ProcessEnv, queryTag: string): Promise<Warehouse> {
  const { DAS_LAKE: lake } = readEnvironment(target, variables);
  if (lake !== undefined) return openLake(lake);
  const env = readEnvironment(snowflake, variables);
  return openSnowflake({
    accountUrl: env.SNOWFLAKE_ACCOUNT_URL,
    account: env.SNOWFLAKE_ACCOUNT,
    user: env.DAS_READ_USER ?? env.SNOWFLAKE_USER,
    privateKeyPath: env.DAS_READ_PRIVATE_KEY_PATH ?? env.SNOWFLAKE_PRIVATE_KEY_PATH,
    role: env.DAS_READ_ROLE,
    warehouse: env.DAS_READ_WAREHOUSE,
    timeoutSeconds: env.DAS_READ_TIMEOUT_SECONDS,
    queryTag,
  });
}
