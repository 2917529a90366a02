import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../processes/free-port';
import { ManagedProcess } from '../processes/managed-process';

const HOME = join(__dirname, '..', '..', '..', '..', '.tools', 'schema-registry');
const JAR = join(HOME, 'apicurio-registry-app-3.0.9-runner.jar');
const START_MS = 60_000;

export interface NewSchema {
  readonly schemaType: 'AVRO' | 'JSON' | 'PROTOBUF';
  readonly schema: string;
  readonly references?: readonly {
    readonly name: string;
    readonly subject: string;
    readonly version: number;
  }[];
}

/** A real schema registry (Apicurio, which speaks Confluent's API too), on loopback and a free port. */
export interface SchemaRegistry {
  /** Of Confluent's API. */
  readonly url: string;
  /** @returns the schema's id */
  register(subject: string, schema: NewSchema): Promise<number>;
  /** How often a path below the URL was asked for by GET, over restarts, as its own access log has it. */
  requests(path: string): number;
  stop(): Promise<void>;
  kill9(): Promise<void>;
  /** On the same port and data; after `stop` or `kill9`. */
  restart(): Promise<void>;
}

/**
 * @param dir - data and log; kept over restarts
 * @throws Error when it is not installed
 */
export async function startSchemaRegistry({ dir }: { readonly dir: string }): Promise<SchemaRegistry> {
  if (!existsSync(JAR)) {
    throw new Error('the schema registry is not installed: run node scripts/das.mjs setup');
  }
  mkdirSync(dir, { recursive: true });
  const port = await freePort();
  const api = '/apis/ccompat/v7';
  const url = `http://127.0.0.1:${port}${api}`;
  const logFile = join(dir, 'registry.log');
  const launch = async (): Promise<ManagedProcess> => {
    const launched = ManagedProcess.start({
      name: 'schema-registry',
      command: 'java',
      args: [
        '-Xmx384m',
        '-XX:TieredStopAtLevel=1',
        '-Dquarkus.http.host=127.0.0.1',
        `-Dquarkus.http.port=${port}`,
        `-Dapicurio.datasource.url=jdbc:h2:file:${join(dir, 'data')}`,
        '-jar',
        JAR,
      ],
      logFile,
    });
    await launched.answers(`${url}/subjects`, START_MS);
    return launched;
  };
  let process = await launch();
  return {
    url,
    async register(subject, schema) {
      const response = await fetch(`${url}/subjects/${encodeURIComponent(subject)}/versions`, {
        method: 'POST',
        headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
        body: JSON.stringify(schema),
      });
      if (!response.ok) throw new Error(`the registry refused a schema: ${await response.text()}`);
      return ((await response.json()) as { id: number }).id;
    },
    requests(path) {
      return (
        readFileSync(logFile, 'utf8').split(`registry.access method="GET" path="${api}${path}"`).length - 1
      );
    },
    async stop() {
      if (process.exit === undefined) await process.stop();
    },
    async kill9() {
      await process.kill9();
    },
    async restart() {
      process = await launch();
    },
  };
}
