import { gzipSync } from 'node:zlib';
import { sourcePortSuite } from '@das/testing';
import { PREFIX, S3Fixture } from './fixture';

const s3 = S3Fixture.forThisFile();

/** An object of one line for each value. */
function text(values: readonly (string | null)[]): string {
  return values.map((value) => `${value ?? ''}\n`).join('');
}

sourcePortSuite('an object of a bucket', async () => {
  const store = await s3.newStore();
  return {
    ends: true,
    append: async (values) => {
      await store.put(`${PREFIX}a/one.ndjson.gz`, gzipSync(text(values)));
    },
    instance: () => s3.source(store),
  };
});
