import { readFileSync } from 'node:fs';
import { Failure } from '@das/pipeline';
import type { Connection } from 'snowflake-sdk';
import { classify } from './classify';
import { SessionPool } from './session-pool';

const LOGIN_RETRIES = 2;
const GOODBYE_MS = 3_000;

export interface SnowflakeSettings {
  readonly accountUrl: string;
  readonly account: string;
  readonly user: string;
  /** PKCS#8 PEM of the user's RSA key. */
  readonly privateKeyPath: string;
  readonly role: string | undefined;
  /** A virtual warehouse; undefined: the user's default one. */
  readonly warehouse: string | undefined;
  /** How many queries run at once. */
  readonly sessions: number;
  /** Of one query. */
  readonly timeoutSeconds: number;
  readonly queryTag: string;
}

/** Sessions that log in with a key pair. The driver is loaded here and nowhere else: it takes half a second. */
export async function sessionsOf(settings: SnowflakeSettings): Promise<SessionPool<Connection>> {
  const privateKey = readKey(settings.privateKeyPath);
  const sdk = (await import('snowflake-sdk')).default;
  sdk.configure({
    // Its log file would lie in whatever folder this runs in, and may quote what was asked.
    logLevel: 'OFF',
    additionalLogToConsole: false,
    // Its own parser loses digits, and evaluates as JavaScript what is no JSON.
    jsonColumnVariantParser: (raw: string) => raw,
  });
  return new SessionPool(
    {
      open: async () => {
        const connection = sdk.createConnection({
          accessUrl: settings.accountUrl,
          account: settings.account,
          username: settings.user,
          authenticator: 'SNOWFLAKE_JWT',
          privateKey,
          application: 'das',
          queryTag: settings.queryTag,
          // Seven by default, which is minutes before somebody is told.
          sfRetryMaxLoginRetries: LOGIN_RETRIES,
          ...(settings.role !== undefined && { role: settings.role }),
          ...(settings.warehouse !== undefined && { warehouse: settings.warehouse }),
        });
        // Its promise resolves also where the login was refused; its callback is told.
        return new Promise((resolve, reject) => {
          connection.connect((error: Error | null | undefined) => {
            if (error === null || error === undefined) resolve(connection);
            else reject(classify(error));
          });
        });
      },
      close: async (connection) =>
        new Promise<void>((resolve) => {
          // A session ends by itself where this fails, or is not answered.
          const timer = setTimeout(resolve, GOODBYE_MS);
          connection.destroy(() => {
            clearTimeout(timer);
            resolve();
          });
        }),
    },
    settings.sessions,
  );
}

function readKey(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Failure('setup', 'unreadable_file', 'the private key of who reads cannot be read', {
      cure: 'check DAS_READ_PRIVATE_KEY_PATH, or SNOWFLAKE_PRIVATE_KEY_PATH',
      cause,
    });
  }
}
