import { join } from 'node:path';
import { claimsFilesV1 } from '@contracts/brook-health';
import { objectPartition, objectRecords, type StoredObject } from '../../oracle/object-records';
import { FaultyAws } from '../../servers/faulty-aws';
import { startMoto } from '../../servers/moto';
import { ObjectStore } from '../../servers/object-store';
import { awsTroubles } from '../aws-troubles';
import type { SourceRig } from '../source-rig';
import { Drop, POISON } from './object-drop';
import { objectTroubles } from './s3-troubles';

const { bucket } = claimsFilesV1.source;
const READS = ['GET', 'HEAD', 'ReceiveMessage', 'GetItem', 'BatchGetItem'];
const WRITES = ['UpdateItem', 'UpdateItem', 'DeleteMessage', 'ChangeMessageVisibility'];

/** A bucket that keeps versions, its queue and its ledger, in moto, behind a front that fails. */
export async function startS3Rig(dir: string): Promise<SourceRig> {
  const moto = await startMoto(join(dir, 'moto.log'));
  const front = await new FaultyAws(moto.url).start();
  // It is told of objects here, as S3 does: moto does not say which version.
  const store = await ObjectStore.create(moto.url, bucket, { told: false });
  await store.keepVersions();
  const drop = new Drop(store);
  return {
    app: 'claims-files-collector',
    contract: claimsFilesV1,
    collectorSource: { kind: 's3', url: front.url, ledgerTable: bucket },
    // An object that is read when its collector is killed was tried once more.
    env: { S3_LEASE_SECONDS: '2', S3_LIST_SECONDS: '2', S3_TRIES: '100' },
    events: { stream: 'claims', partitions: 1 },
    eventsPerSecond: 200,
    everyMs: 100,
    respiteMs: 3_000,
    // A lease has to end, and an object that fails rests for five seconds and more.
    settleSeconds: 30,
    troubles: [
      ...objectTroubles(drop, front),
      ...awsTroubles('aws', front, moto.process, { reads: READS, writes: WRITES }),
    ],
    partitions: () => drop.lately.map(objectPartition),
    send: (events) => drop.send(events),
    async end(good) {
      await drop.flush([good()]);
      return drop.ends;
    },
    heal: async () => {
      front.clear();
      return Promise.resolve();
    },
    left: () => drop.left(),
    records: (landing) => objectRecords(claimsFilesV1, soundOnes(store), landing),
    async stop() {
      store.close();
      await Promise.all([front.stop(), moto.process.stop()]);
    },
  };
}

async function* soundOnes(store: ObjectStore): AsyncGenerator<StoredObject> {
  for await (const object of store.contents()) if (!object.key.startsWith(POISON)) yield object;
}
