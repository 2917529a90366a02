import type { Sink } from '@das/pipeline';
import { createSnowpipeSink, type SnowpipeObserver } from '@das/snowpipe';
import type { CollectorConfig } from './config';
import type { CollectorDeclaration } from './declaration';
import { readSettingFile } from './setting-file';

/** The contract's table, through its default pipe. @throws Failure setup */
export function createSink(
  declaration: CollectorDeclaration,
  config: CollectorConfig,
  observer?: SnowpipeObserver,
): Sink {
  const { database, schema, name } = declaration.contracts[0].table;
  return createSnowpipeSink({
    accountUrl: config.SNOWFLAKE_ACCOUNT_URL,
    account: config.SNOWFLAKE_ACCOUNT,
    user: config.SNOWFLAKE_USER,
    // At each signing: a key that was exchanged is used as soon as the old one is refused.
    privateKeyPem: () => readSettingFile(config.SNOWFLAKE_PRIVATE_KEY_PATH, 'SNOWFLAKE_PRIVATE_KEY_PATH'),
    database,
    schema,
    pipe: `${name}-STREAMING`,
    ...(observer !== undefined && { observer }),
  });
}
