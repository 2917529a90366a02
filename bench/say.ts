const EVERY_MS = 2_000;

export const count = (value: number): string => value.toLocaleString('en-US');

/** On standard error, so that the result stands alone on standard output. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A line now and then. */
export function sayProgress(what: string, of: number): (done: number) => void {
  let nextMs = performance.now() + EVERY_MS;
  return (done) => {
    if (performance.now() < nextMs) return;
    nextMs = performance.now() + EVERY_MS;
    say(`${what} ${count(done)} of ${count(of)}`);
  };
}
