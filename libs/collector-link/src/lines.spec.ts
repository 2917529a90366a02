import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { readLines, writeLine } from './lines';

async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

describe('lines', () => {
  it('are the same however they are cut', async () => {
    const messages = fc.array(fc.jsonValue(), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(messages, fc.integer({ min: 1, max: 50 }), async (sent, size) => {
        const bytes = Buffer.from(sent.map((message) => `${JSON.stringify(message)}\n`).join(''));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        );
        const lines = await all(readLines(Readable.from(chunks)));
        expect(lines).toEqual(sent.map((message) => JSON.stringify(message)));
      }),
    );
  });

  it('wait for room, and not for a reader who is gone', async () => {
    const pipe = new PassThrough({ highWaterMark: 10 });
    let isWritten = false;
    const writing = writeLine(pipe, 'longer than ten bytes').then(() => (isWritten = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isWritten).toBe(false);
    pipe.resume();
    await writing;
    pipe.pause();
    const stuck = writeLine(pipe, 'longer than ten bytes');
    pipe.destroy();
    await stuck;
    await writeLine(pipe, 'x');
  });

  it('leave no listener behind, however often they waited', async () => {
    const pipe = new PassThrough({ highWaterMark: 10 });
    const before = ['drain', 'close', 'error'].map((event) => pipe.listenerCount(event));
    for (let count = 0; count < 20; count++) {
      const writing = writeLine(pipe, 'longer than ten bytes');
      pipe.read();
      await writing;
    }
    expect(['drain', 'close', 'error'].map((event) => pipe.listenerCount(event))).toEqual(before);
  });
});
