import { readFileSync } from 'node:fs';
import type { CollectorDeclaration } from '@das/collector';
import { stepsOf } from '@das/collector';
import { createClaimDirectory, createSealer } from '@das/dead-letters';
import { readKeyFile } from '@das/keys';
import {
  ByteBudget,
  Ingest,
  systemClock,
  type EventDecoder,
  type Failure,
  type KeyProvider,
  type Source,
} from '@das/pipeline';
import { createSnowpipeSink } from '@das/snowpipe';
import { silentObserver, type RunKeys } from '@das/testing';

const nothing = (): void => undefined;
/** A collector of this process, for a contract that no app ships: the same parts, wired without Nest. */
export function inProcess(options: {
  readonly declaration: CollectorDeclaration;
  readonly source: Source;
  readonly endpoint: string;
  readonly keys: RunKeys;
  readonly claims: string;
  /** Default: what the key ring holds now. */
  readonly provider?: KeyProvider;
  /** Of a stream whose records are no JSON; the source must wait for it. */
  readonly decoder?: EventDecoder;
}): { readonly ingest: Ingest; readonly failures: readonly Failure[] } {
  const { declaration, source, endpoint, keys: files } = options;
  const [contract] = declaration.contracts;
  const { provider: keys = readKeyFile(files.phiKeyFile) } = options;
  const failures: Failure[] = [];
  const ingest = new Ingest({
    collector: declaration.name,
    version: declaration.version,
    contract,
    steps: stepsOf(declaration, { keys, decoder: options.decoder }),
    source,
    sink: createSnowpipeSink({
      accountUrl: endpoint,
      account: 'LOCAL',
      user: 'COLLECTOR',
      privateKeyPem: readFileSync(files.privateKeyPath, 'utf8'),
      database: contract.table.database,
      schema: contract.table.schema,
      pipe: `${contract.table.name}-STREAMING`,
    }),
    clock: systemClock,
    keys,
    sealer: createSealer({ keys, claims: createClaimDirectory(options.claims), maxInlineBytes: 3_500_000 }),
    budget: new ByteBudget({ processBytes: 64_000_000, partitionBytes: 16_000_000 }),
    observer: { ...silentObserver, failed: (_, failure) => failures.push(failure) },
    checkpointMs: 1_000,
    setupRetryMs: 500,
    commitPatienceMs: 30_000,
    onFatal: (failure) => failures.push(failure),
    onSourceFailure: nothing,
  });
  return { ingest, failures };
}
