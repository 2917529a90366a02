import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { claimsFilesV1 } from '@contracts/brook-health';
import { md5 } from './expected-records';
import { objectRecords, type StoredObject } from './object-records';

const contract = claimsFilesV1;

async function records(...objects: readonly StoredObject[]) {
  const found: unknown[] = [];
  const stored = (async function* () {
    for (const object of objects) yield await Promise.resolve(object);
  })();
  for await (const record of objectRecords(contract, stored, (value) => value)) found.push(record);
  return found;
}

const of = (object: StoredObject, position: string, text: string | undefined) => ({
  source: 's3:brook-health-claims.claims',
  partition: createHash('sha256').update(`${object.key}\n${object.etag}`).digest('hex').slice(0, 32),
  position,
  md5: text === undefined ? undefined : md5(Buffer.from(text)),
});

describe('the records of objects', () => {
  it('are the lines of NDJSON, an empty one a tombstone', async () => {
    const object = { key: 'claims/a.ndjson.gz', etag: 'e1', bytes: gzipSync('{"a":1}\n\nnot json\n') };
    expect(await records(object)).toEqual([
      of(object, '1', '{"a":1}'),
      of(object, '2', undefined),
      of(object, '3', 'not json'),
    ]);
  });

  it('are the rows of CSV, numbers where the contract has numbers, without empty cells', async () => {
    const rows = ['claim_id,billed_usd,paid_usd,denial_reason', '"c,1","12.50",,"5""0"', '"c2","x",,'];
    const object = {
      key: 'claims/b.csv',
      etag: 'e2',
      bytes: Buffer.from(rows.map((row) => `${row}\r\n`).join('')),
    };
    expect(await records(object)).toEqual([
      of(object, '1', '{"claim_id":"c,1","billed_usd":12.50,"denial_reason":"5\\"0"}'),
      of(object, '2', '{"claim_id":"c2","billed_usd":"x"}'),
    ]);
  });
});
