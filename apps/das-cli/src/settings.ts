import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { readEnvironment } from '@das/environment';
import { Failure, type Sink } from '@das/pipeline';
import { createSnowpipeSink } from '@das/snowpipe';
import { z } from 'zod';

const text = z.string().min(1);

const ingest = z.object({
  SNOWFLAKE_ACCOUNT_URL: z.url({ protocol: /^https?$/ }),
  SNOWFLAKE_ACCOUNT: text,
  SNOWFLAKE_USER: text,
  SNOWFLAKE_PRIVATE_KEY_PATH: text,
});

const secrets = z.object({
  /** Opens dead letters. */
  PHI_KEY_FILE: text,
  DAS_CLAIM_DIR: text.optional(),
});

/** Who acts, for the audit: the operating system's user and host, where DAS_ACTOR does not say another one. */
export function actor(variables: NodeJS.ProcessEnv): string {
  const { DAS_ACTOR: named } = readEnvironment(z.object({ DAS_ACTOR: text.max(200).optional() }), variables);
  return named ?? `${userInfo().username}@${hostname()}`;
}

/** @throws Failure setup */
export function readSecrets(variables: NodeJS.ProcessEnv): z.output<typeof secrets> {
  return readEnvironment(secrets, variables);
}

/** Where services write rows: the same way as a collector does. @throws Failure setup */
export function openSink(
  variables: NodeJS.ProcessEnv,
  table: { readonly database: string; readonly schema: string; readonly name: string },
): Sink {
  const env = readEnvironment(ingest, variables);
  return createSnowpipeSink({
    accountUrl: env.SNOWFLAKE_ACCOUNT_URL,
    account: env.SNOWFLAKE_ACCOUNT,
    user: env.SNOWFLAKE_USER,
    privateKeyPem: readKey(env.SNOWFLAKE_PRIVATE_KEY_PATH),
    database: table.database,
    schema: table.schema,
    pipe: `${table.name}-STREAMING`,
  });
}

function readKey(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const what = 'the file named by SNOWFLAKE_PRIVATE_KEY_PATH cannot be read';
    throw new Failure('setup', 'unreadable_file', what, { cause });
  }
}
