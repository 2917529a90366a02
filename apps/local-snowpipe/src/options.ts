import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

export const HELP = `A development endpoint that speaks Snowpipe Streaming over a lake of Parquet files.

Usage: npm run local-snowpipe -- [options]

  --port P                 port to listen on; 0 takes a free one (default 8085)
  --host H                 address to listen on (default 127.0.0.1)
  --lake DIR               where tables go: DIR/<DB>/<SCHEMA>/<TABLE>/<date>/<hour>/*.parquet (default .das/lake)
  --ddl FILE_OR_DIR        CREATE TABLE statements of the tables that exist (default sql)
  --commit-ms N            between commits (default 250)
  --tls-cert F --tls-key F serve HTTPS
  --public-key USER=FILE   verify JWTs with this user's public key (PEM); may be repeated
  --discard                keep tokens but no rows, in memory only: for benchmarks
  --faults                 take faults to commit at /faults, on loopback only: for tests
  --help                   this text

Prints one line of JSON on standard output when it is ready: {"ready":true,"url":"http://127.0.0.1:8085"}.
Without --public-key any well-formed JWT is taken, so it listens on loopback only.

With --faults, POST /faults commits one, GET lists those that have not struck yet, DELETE clears them all. In JSON:

  {"kind":"refuse","on":"append","status":503,"code":"BUSY","times":3}  the next 3 calls, before anything is done
  {"kind":"drop-response","on":"append","after":"commit","times":1}     done, and the answer lost: after "receipt"
                                                                        (default), or once the rows are committed
  {"kind":"slow","on":"status","ms":2000,"times":5}                     the next 5 calls wait
  {"kind":"reject-rows","times":2}                                      as if the table did not take the next 2 rows
  {"kind":"withhold-commits"}  {"kind":"disk-full"}                     nothing is committed, until DELETE
  {"kind":"stale-sequencer","channel":"C"}                              C's next continuation token is stale
  {"kind":"invalidate-channel","channel":"C","code":"ERR_…"}            C must be opened again
  {"kind":"lose-channel","channel":"C"}                                 C is gone, with its token
  {"kind":"expire-tokens"}                                              every scoped token

"on" is hostname, token, open, append, status or drop; any status from 400 to 599; without "channel", every one.

Examples:
  npm run local-snowpipe -- --port 8085 --lake .das/lake
  npm run local-snowpipe -- --port 0 --discard
  npm run local-snowpipe -- --faults &
  curl -d '{"kind":"refuse","on":"append","status":503,"times":3}' http://127.0.0.1:8085/faults
  curl -d '{"kind":"withhold-commits"}' http://127.0.0.1:8085/faults
  curl -X DELETE http://127.0.0.1:8085/faults
`;

export interface Options {
  readonly port: number;
  readonly host: string;
  readonly lake: string;
  readonly ddl: string;
  readonly commitMs: number;
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** PEM by user name in upper case; empty: any well-formed JWT is taken. */
  readonly publicKeys: ReadonlyMap<string, string>;
  readonly discard: boolean;
  readonly faults: boolean;
}

/** Something that the user can mend: one line, exit code 2. */
export class UsageError extends Error {}

/** @returns undefined when help was asked for. @throws UsageError */
export function readOptions(args: readonly string[]): Options | undefined {
  const values = parse(args);
  if (values.help === true) return undefined;
  const { 'tls-cert': cert, 'tls-key': key } = values;
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError('--tls-cert and --tls-key go together');
  const publicKeys = new Map(values['public-key'].map(readPublicKey));
  if (publicKeys.size === 0 && !isLoopback(values.host)) {
    throw new UsageError(
      `--host ${values.host} is not loopback: give --public-key, so that JWTs are verified`,
    );
  }
  if (values.faults === true && !isLoopback(values.host))
    throw new UsageError(`--faults: --host ${values.host} is not loopback`);
  return {
    port: number('--port', values.port, 0, 65_535),
    host: values.host,
    lake: values.lake,
    ddl: values.ddl,
    commitMs: number('--commit-ms', values['commit-ms'], 1, 60_000),
    tls: cert === undefined || key === undefined ? undefined : { cert: read(cert), key: read(key) },
    publicKeys,
    discard: values.discard === true,
    faults: values.faults === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '8085' },
        host: { type: 'string', default: '127.0.0.1' },
        lake: { type: 'string', default: '.das/lake' },
        ddl: { type: 'string', default: 'sql' },
        'commit-ms': { type: 'string', default: '250' },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
        'public-key': { type: 'string', multiple: true, default: [] },
        discard: { type: 'boolean' },
        faults: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}; --help lists the options`);
  }
}

function readPublicKey(text: string): [user: string, pem: string] {
  const split = text.indexOf('=');
  if (split < 1) throw new UsageError('--public-key takes USER=FILE');
  return [text.slice(0, split).toUpperCase(), read(text.slice(split + 1))];
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`cannot read ${file}`);
  }
}

function number(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(`${name} takes a whole number from ${least} to ${most}, not ${text}`);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
