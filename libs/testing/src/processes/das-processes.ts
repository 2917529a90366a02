import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nextKeyId, plainMaterial, ringPurposes, writeRing, type RingEntry } from '@das/keys';
import { awsEnv } from '../servers/moto';
import { freePort } from './free-port';
import { ManagedProcess } from './managed-process';

const ROOT = join(__dirname, '..', '..', '..', '..');

/** As the image's entry point starts every app. */
const NODE_ARGS = ['--enable-source-maps', '--max-semi-space-size=32'];

/** Secrets of one run, made anew, mode 0600. */
export interface RunKeys {
  readonly privateKeyPath: string;
  readonly phiKeyFile: string;
}

/** @param more - domains besides those that have contracts */
export function makeKeys(dir: string, ...more: readonly string[]): RunKeys {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const privateKeyPath = join(dir, 'snowflake-key.pem');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(privateKeyPath, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const phiKeyFile = join(dir, 'phi-keys.json');
  const keys: RingEntry[] = [];
  const domains = [...domainsWithContracts(), ...more];
  for (const purpose of ringPurposes(domains.map((domain) => ({ domain }))))
    keys.push({ ...plainMaterial(), id: nextKeyId(keys, purpose), purpose, state: 'active' });
  writeRing(phiKeyFile, keys);
  return { privateKeyPath, phiKeyFile };
}

/** Those that are workspaces; what lies beside them is everybody's. */
function domainsWithContracts(): readonly string[] {
  const folder = join(ROOT, 'contracts');
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'package.json')));
}

/** The development endpoint, on a port of its own choice unless one is given. */
export async function startLocalSnowpipe(options: {
  readonly lake: string;
  readonly logFile: string;
  readonly port?: number;
  readonly args?: readonly string[];
}): Promise<{ readonly process: ManagedProcess; readonly url: string }> {
  const { lake, logFile, port = 0, args = [] } = options;
  const process = ManagedProcess.start({
    name: 'local-snowpipe',
    command: globalThis.process.execPath,
    args: [
      join(ROOT, 'dist/apps/local-snowpipe/main.js'),
      '--port',
      String(port),
      '--lake',
      lake,
      '--ddl',
      join(ROOT, 'sql'),
      ...args,
    ],
    logFile,
  });
  const { url } = JSON.parse(await process.ready()) as { url: string };
  return { process, url };
}

export type CollectorSource =
  | { readonly kind: 'journal'; readonly dir: string }
  | { readonly kind: 'kafka'; readonly brokers: readonly string[] }
  /** Where Kinesis is, and where DynamoDB with the table of the leases. */
  | { readonly kind: 'kinesis'; readonly url: string; readonly leases: string; readonly table: string }
  /** `url`: of moto; bucket and queue are the contract's. */
  | { readonly kind: 's3'; readonly url: string; readonly ledgerTable: string };

/** What a collector's environment says of where it reads and writes; the das command's is the same. */
export function collectorEnv({
  source,
  endpoint,
  keys,
}: {
  readonly source: CollectorSource;
  readonly endpoint: string;
  readonly keys: RunKeys;
}): Readonly<Record<string, string>> {
  return {
    DAS_SOURCE: source.kind,
    ...placeOf(source),
    SNOWFLAKE_ACCOUNT_URL: endpoint,
    SNOWFLAKE_ACCOUNT: 'LOCAL',
    SNOWFLAKE_USER: 'COLLECTOR',
    SNOWFLAKE_PRIVATE_KEY_PATH: keys.privateKeyPath,
    PHI_KEY_FILE: keys.phiKeyFile,
  };
}

function placeOf(source: CollectorSource): Readonly<Record<string, string>> {
  switch (source.kind) {
    case 'journal':
      return { DAS_JOURNAL_DIR: source.dir };
    case 'kafka':
      return { KAFKA_BROKERS: source.brokers.join(',') };
    case 'kinesis':
      return {
        ...awsEnv(source.leases),
        AWS_ENDPOINT_URL_KINESIS: source.url,
        KINESIS_LEASE_TABLE: source.table,
      };
    case 's3':
      return { ...awsEnv(source.url), S3_LEDGER_TABLE: source.ledgerTable };
  }
}

/** A collector, started and not yet waited for. */
export async function startCollector(options: {
  readonly app: string;
  readonly source: CollectorSource;
  readonly endpoint: string;
  readonly keys: RunKeys;
  readonly logFile: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The Node to run it on; default: this one. */
  readonly node?: string;
  /** For Node itself, such as `--cpu-prof`. */
  readonly nodeArgs?: readonly string[];
  /** Instead of the app's bundle. */
  readonly main?: string;
}): Promise<{ readonly process: ManagedProcess; readonly url: string }> {
  const { app, logFile, env, nodeArgs = [] } = options;
  const { node = globalThis.process.execPath, main = join(ROOT, `dist/apps/${app}/main.js`) } = options;
  const port = await freePort();
  const process = ManagedProcess.start({
    name: app,
    command: node,
    args: [...NODE_ARGS, ...nodeArgs, main],
    env: { ...collectorEnv(options), PORT: String(port), ...env },
    logFile,
  });
  return { process, url: `http://127.0.0.1:${port}` };
}
