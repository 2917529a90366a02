import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Looks every few milliseconds until it is true.
 * @param what - completes "waited in vain: …"
 * @throws Error when it has not come true after `boundMs`
 */
export async function until(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  boundMs = 60_000,
): Promise<void> {
  const end = Date.now() + boundMs;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`waited ${boundMs} ms in vain: ${what}`);
    await sleep(5);
  }
}

/** From, up to and not including. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
