import { Failure } from '@das/pipeline';
import { ManualClock } from '@das/testing';
import { HeldKeys } from './held-keys';
import { RefreshedKeys } from './refreshed-keys';
import type { RingEntry } from './ring-entry';

const material = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const first: RingEntry = { id: 't-1', purpose: 'token:shop', state: 'active', material: material(1) };
const second: RingEntry = { ...first, id: 't-2', material: material(2), follows: 't-1' };

function ringOf(...entries: readonly RingEntry[]): HeldKeys {
  return new HeldKeys(entries, (entry) => Buffer.from(entry.material ?? '', 'base64'));
}

async function refreshed(maxAgeMs?: number) {
  const clock = new ManualClock();
  const heard: (string | undefined)[] = [];
  let next: HeldKeys | Failure = ringOf(first);
  const keys = await RefreshedKeys.open({
    open: () => (next instanceof Failure ? Promise.reject(next) : Promise.resolve(next)),
    clock,
    refreshMs: 1_000,
    maxAgeMs,
    onLook: (failure) => heard.push(failure?.code),
  });
  const look = async (found: HeldKeys | Failure) => {
    next = found;
    clock.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { keys, heard, look };
}

const away = new Failure('transient', 'kms_unreachable', 'KMS does not answer');

describe('keys that are read again', () => {
  it('use what is new in the ring', async () => {
    const { keys, heard, look } = await refreshed();
    await look(ringOf(first, { ...second, state: 'pending' }));
    expect(keys.current('token:shop').id).toBe('t-1');
    await look(ringOf(first, second));
    expect(keys.current('token:shop').id).toBe('t-2');
    expect(heard).toEqual([undefined, undefined]);
    expect(keys.ageSeconds()).toBe(0);
  });

  it('stay as they are while they cannot be read, which is said each time', async () => {
    const { keys, heard, look } = await refreshed();
    for (let times = 0; times < 3; times++) await look(away);
    expect(heard).toEqual(['kms_unreachable', 'kms_unreachable', 'kms_unreachable']);
    expect(keys.current('token:shop').id).toBe('t-1');
    expect(keys.ageSeconds()).toBe(3);
    await look(ringOf(first));
    expect([heard.at(-1), keys.ageSeconds()]).toEqual([undefined, 0]);
  });

  it.each([
    ['is another one of the same id', ringOf({ ...first, material: material(9) })],
    ['is not the one that the new one follows', ringOf({ ...second, id: 't-3', follows: undefined })],
  ])('stay as they are when a key of tokens %s', async (_, found) => {
    const { keys, heard, look } = await refreshed();
    await look(found);
    expect(heard).toEqual(['token_key_changed']);
    expect(keys.current('token:shop').material[0]).toBe(1);
  });

  it('stay as they are when a key that the one in use is layered on is another one of the same id', async () => {
    const { keys, heard, look } = await refreshed();
    await look(ringOf(first, second));
    await look(ringOf({ ...first, material: material(9) }, second));
    expect(heard).toEqual([undefined, 'token_key_changed']);
    expect(keys.current('token:shop').previous?.material[0]).toBe(1);
  });

  it('stay as they are when the last key of tokens is gone, or waits again', async () => {
    const { keys, heard, look } = await refreshed();
    await look(ringOf(first, second));
    await look(ringOf(first));
    await look(ringOf(first, { ...second, state: 'pending' }));
    expect(heard).toEqual([undefined, 'token_key_changed', 'token_key_changed']);
    expect(keys.current('token:shop').id).toBe('t-2');
  });

  it('stay as they are when a purpose has lost its keys', async () => {
    const { keys, heard, look } = await refreshed();
    await look(ringOf());
    expect(heard).toEqual(['key_file']);
    expect(keys.current('token:shop').id).toBe('t-1');
  });

  it('are not used for longer than they may be, until they can be read again', async () => {
    const { keys, look } = await refreshed(2_500);
    await look(away);
    await look(away);
    expect(keys.current('token:shop').id).toBe('t-1');
    await look(away);
    expect(() => keys.current('token:shop')).toThrow(
      expect.objectContaining({ kind: 'setup', code: 'keys_expired' }) as Error,
    );
    await look(ringOf(first));
    expect(keys.current('token:shop').id).toBe('t-1');
  });

  it('are looked for no more once they are stopped', async () => {
    const { keys, heard, look } = await refreshed();
    keys.stop();
    await look(away);
    expect(heard).toEqual([]);
  });
});
