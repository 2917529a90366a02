import { sourcePortSuite } from '@das/testing';
import { KinesisFixture } from './fixture';

const fixture = KinesisFixture.forThisFile();

sourcePortSuite('kinesalite and moto', async () => {
  const stream = await fixture.newStream();
  return {
    append: async (values) => {
      await fixture.kinesis.put(
        stream,
        values.map((value) => ({ key: 'key', data: Buffer.from(value ?? '') })),
      );
    },
    instance: () => fixture.source(stream),
  };
});
