import type { StreamSource } from '@das/contracts';
import { readEnvironment } from '@das/environment';
import { isRegistryUrl } from '@das/schema-registry';
import { readAccountUrl } from '@das/snowpipe';
import { z } from 'zod';
import { checkKafka, KAFKA_SETTINGS } from './sources/kafka';
import { KINESIS_SETTINGS } from './sources/kinesis';
import { S3_SETTINGS } from './sources/s3';
import { seconds, text } from './sources/setting';

const megabytes = z.coerce.number().int().positive().max(4096);

const environment = z
  .object({
    /** Default: what the contract says. `journal`: partitioned NDJSON files that stand for it. */
    DAS_SOURCE: z.enum(['kafka', 'kinesis', 's3', 'journal']).optional(),
    DAS_JOURNAL_DIR: text.optional(),
    ...KAFKA_SETTINGS,
    ...KINESIS_SETTINGS,
    ...S3_SETTINGS,
    /** Of a Confluent-compatible registry; https, or http on loopback. Needed where the contract's format is not json. */
    SCHEMA_REGISTRY_URL: z
      .string()
      .refine(isRegistryUrl, 'is no https URL and not on loopback, or holds more than a host and a path')
      .optional(),
    SCHEMA_REGISTRY_USERNAME: text.optional(),
    SCHEMA_REGISTRY_PASSWORD: text.optional(),
    /** `https://<account>.snowflakecomputing.com`, or a local endpoint on loopback. */
    SNOWFLAKE_ACCOUNT_URL: z.string().refine(isAccountUrl, 'is no https URL, and not on loopback'),
    SNOWFLAKE_ACCOUNT: text,
    SNOWFLAKE_USER: text,
    SNOWFLAKE_PRIVATE_KEY_PATH: text,
    /** Snowpipe Streaming takes none: the user’s default role acts, and a value here is warned about. */
    SNOWFLAKE_ROLE: text.optional(),
    /** The key ring: keys in clear, or wrapped by KMS. */
    PHI_KEY_FILE: text,
    /** Between looks at the key ring: a key that was added is used, and a KMS key that was disabled is noticed. */
    DAS_KEY_REFRESH_SECONDS: seconds.default(60),
    /** Keys that could not be read again for so long are not used any more; not set: for ever. */
    DAS_KEY_MAX_AGE_SECONDS: z.coerce.number().int().positive().max(31_536_000).optional(),
    /** Where dead letters go that exceed one append. Without it such a record stops its partition. */
    DAS_CLAIM_DIR: text.optional(),
    /** Address of the health and metrics server. */
    HOST: text.default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65535).default(3000),
    /** What /admin asks for as a bearer token; without it there is no /admin. */
    DAS_ADMIN_TOKEN: z.string().min(16, 'is shorter than 16 characters').optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
    /** Longest wait for commits after SIGTERM; keep it under the orchestrator's kill time-out. */
    DAS_DRAIN_SECONDS: seconds.default(20),
    /** Bytes read and not yet appended, of the process and of one partition. */
    DAS_BUFFER_MB: megabytes.default(128),
    DAS_PARTITION_BUFFER_MB: megabytes.default(16),
    /** What was received and is not committed after so long is sent again, through a reopened channel. */
    DAS_COMMIT_PATIENCE_SECONDS: seconds.default(30),
    /** Between looks at a set-up failure. */
    DAS_SETUP_RETRY_SECONDS: seconds.default(5),
  })
  .superRefine((env, context) => {
    const need = (key: keyof typeof env, why: string): void => {
      if (env[key] === undefined) context.addIssue({ code: 'custom', path: [key], message: why });
    };
    if (env.SCHEMA_REGISTRY_USERNAME !== undefined)
      need('SCHEMA_REGISTRY_PASSWORD', 'needed where SCHEMA_REGISTRY_USERNAME is set');
    if (env.SCHEMA_REGISTRY_PASSWORD !== undefined)
      need('SCHEMA_REGISTRY_USERNAME', 'needed where SCHEMA_REGISTRY_PASSWORD is set');
  });

function isAccountUrl(value: string): boolean {
  try {
    readAccountUrl(value);
    return true;
  } catch {
    return false;
  }
}

/** The environment, checked once at the start and frozen. */
export type CollectorConfig = Readonly<z.output<typeof environment>>;

/**
 * @param source - of the stream, by its contract
 * @throws Failure setup, naming every wrong variable and no value
 */
export function readConfig(
  variables: NodeJS.ProcessEnv,
  { kind, format }: Pick<StreamSource, 'kind' | 'format'>,
): CollectorConfig {
  const needed = environment.superRefine((env, context) => {
    const fault = (key: keyof typeof env, message: string): void => {
      context.addIssue({ code: 'custom', path: [key], message });
    };
    const need = (key: keyof typeof env, why: string): void => {
      if (env[key] === undefined) fault(key, why);
    };
    const { DAS_SOURCE: from = kind } = env;
    if (from === 'journal') need('DAS_JOURNAL_DIR', 'needed where DAS_SOURCE is journal');
    else if (from !== kind)
      fault('DAS_SOURCE', `the contract has the stream in ${kind}: leave it out, or journal`);
    else if (kind === 'kafka') checkKafka(env, need);
    if (format === 'json') return;
    need('SCHEMA_REGISTRY_URL', `needed for a stream of ${format}`);
    if (from === 'journal') fault('DAS_SOURCE', `a journal holds lines of json, no ${format}`);
  });
  return readEnvironment(needed, variables);
}
