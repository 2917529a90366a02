import type { Readable, Writable } from 'node:stream';

const NEWLINE = 0x0a;

/** Lines as they come; a slow reader slows the writer down. */
export async function* readLines(input: Readable): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of input as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, end)]).toString('utf8');
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
}

/** Writes one line of JSON, and waits for room. */
export async function writeLine(output: Writable, message: unknown): Promise<void> {
  if (!output.writable) return;
  if (!output.write(`${JSON.stringify(message)}\n`)) await roomOrEnd(output);
}

const ENDS = ['drain', 'close', 'error'] as const;

/** Also where nobody reads any more: why, the other end's exit tells. */
async function roomOrEnd(output: Writable): Promise<void> {
  await new Promise<void>((resolve) => {
    const go = (): void => {
      for (const event of ENDS) output.off(event, go);
      resolve();
    };
    for (const event of ENDS) output.on(event, go);
  });
}
