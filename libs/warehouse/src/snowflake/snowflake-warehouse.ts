import { readFileSync } from 'node:fs';
import { Failure } from '@das/pipeline';
import type { Connection, RowStatement } from 'snowflake-sdk';
import { interrupted, isAborted } from '../interrupted';
import { toValue } from '../to-value';
import type { Bind, Place, Row, Warehouse } from '../warehouse';
import { classify } from './classify';
import { textsAt } from './texts-at';

export interface SnowflakeSettings {
  readonly accountUrl: string;
  readonly account: string;
  readonly user: string;
  /** PKCS#8 PEM of the user's RSA key. */
  readonly privateKeyPath: string;
  readonly role: string | undefined;
  /** A virtual warehouse; undefined: the user's default one. */
  readonly warehouse: string | undefined;
  /** Of one query. */
  readonly timeoutSeconds: number;
  readonly queryTag: string;
}

/** Logs in with a key pair. The driver is loaded here and nowhere else: it takes half a second. @throws Failure */
export async function openSnowflake(settings: SnowflakeSettings): Promise<Warehouse> {
  const privateKey = readKey(settings.privateKeyPath);
  const sdk = (await import('snowflake-sdk')).default;
  // Its log file would lie in whatever folder this runs in, and may quote what was asked.
  sdk.configure({ logLevel: 'OFF', additionalLogToConsole: false });
  const connection = sdk.createConnection({
    accessUrl: settings.accountUrl,
    account: settings.account,
    username: settings.user,
    authenticator: 'SNOWFLAKE_JWT',
    privateKey,
    application: 'das',
    queryTag: settings.queryTag,
    jsTreatIntegerAsBigInt: true,
    ...(settings.role !== undefined && { role: settings.role }),
    ...(settings.warehouse !== undefined && { warehouse: settings.warehouse }),
  });
  await connection.connectAsync().catch((thrown: unknown) => {
    throw classify(thrown);
  });
  return new SnowflakeWarehouse(connection, settings.timeoutSeconds);
}

class SnowflakeWarehouse implements Warehouse {
  private isClosed = false;

  constructor(
    private readonly connection: Connection,
    private readonly timeoutSeconds: number,
  ) {}

  async *query(
    sql: string,
    binds: readonly Bind[] = [],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Row> {
    if (isAborted(signal)) throw interrupted();
    let cancel: () => void = () => undefined;
    const onAbort = (): void => {
      cancel();
    };
    signal?.addEventListener('abort', onAbort);
    try {
      const statement = await this.execute(sql, binds, (running) => {
        cancel = () => {
          running.cancel();
        };
      });
      for await (const row of statement.streamRows() as AsyncIterable<Record<string, unknown>>) {
        if (isAborted(signal)) throw interrupted();
        yield Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toValue(value)]));
      }
    } catch (thrown) {
      throw isAborted(signal) ? interrupted() : classify(thrown);
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  textsAt(place: Place): string {
    return textsAt(place);
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await new Promise<void>((resolve) => {
      // The session ends by itself where this fails.
      this.connection.destroy(() => {
        resolve();
      });
    });
  }

  private async execute(
    sqlText: string,
    binds: readonly Bind[],
    onStarted: (statement: RowStatement) => void,
  ): Promise<RowStatement> {
    return new Promise((resolve, reject) => {
      const started = this.connection.execute({
        sqlText,
        binds: [...binds],
        streamResult: true,
        parameters: { STATEMENT_TIMEOUT_IN_SECONDS: this.timeoutSeconds },
        // Without an error the driver says null, whatever its types say.
        complete: (error: Error | null | undefined, statement) => {
          if (error === null || error === undefined) resolve(statement);
          else reject(error);
        },
      });
      onStarted(started);
    });
  }
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
