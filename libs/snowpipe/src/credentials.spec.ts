import { createHash, generateKeyPairSync } from 'node:crypto';
import { ManualClock } from '@das/testing';
import { jwtVerify, SignJWT } from 'jose';
import { CachedToken, createJwtSigner } from './credentials';
import { testPublicKey, testSettings } from './testing/test-settings';

const secret = new Uint8Array(32);

describe('the key-pair JWT', () => {
  it('is signed with RS256 and names account, user and the fingerprint of the public key', async () => {
    const clock = new ManualClock();
    const sign = createJwtSigner({ ...testSettings, account: 'acme.eu-west-1', clock });
    const { payload, protectedHeader } = await jwtVerify(await sign(), testPublicKey, {
      currentDate: new Date(clock.now()),
    });

    const der = testPublicKey.export({ type: 'spki', format: 'der' });
    const fingerprint = createHash('sha256').update(der).digest('base64');
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload.sub).toBe('ACME.COLLECTOR');
    expect(payload.iss).toBe(`ACME.COLLECTOR.SHA256:${fingerprint}`);
    expect((payload.exp ?? Infinity) - (payload.iat ?? 0)).toBeLessThanOrEqual(3_600);
  });

  it('is signed with the key that is there at that time', async () => {
    const fresh = generateKeyPairSync('rsa', { modulusLength: 2048 });
    let privateKeyPem = testSettings.privateKeyPem;
    const clock = new ManualClock();
    const sign = createJwtSigner({ ...testSettings, privateKeyPem: () => privateKeyPem, clock });
    const before = await sign();
    privateKeyPem = fresh.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const options = { currentDate: new Date(clock.now()) };
    await jwtVerify(before, testPublicKey, options);
    await jwtVerify(await sign(), fresh.publicKey, options);
    privateKeyPem = 'none';
    await expect(sign()).rejects.toThrow('SNOWFLAKE_PRIVATE_KEY_PATH');
  });

  it.each([
    ['no key at all', 'not a key'],
    ['a key of another kind', ecKey()],
  ])('cannot be made with %s; the failure names the setting and quotes nothing', (_, privateKeyPem) => {
    const make = () => createJwtSigner({ ...testSettings, privateKeyPem, clock: new ManualClock() });
    expect(make).toThrow(expect.objectContaining({ kind: 'setup', code: 'private_key' }) as Error);
    expect(make).toThrow('SNOWFLAKE_PRIVATE_KEY_PATH');
    expect(make).not.toThrow(expect.objectContaining({ cause: expect.anything() as unknown }) as Error);
  });
});

describe('a cached token', () => {
  const clock = new ManualClock();
  const tokenFor = (seconds: number) =>
    new SignJWT({ n: Math.random() })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(Math.floor(clock.now() / 1000) + seconds)
      .sign(secret);

  it('is fetched once for all who ask, and again before it ends', async () => {
    const cached = new CachedToken(clock, () => tokenFor(600));
    const [first, ...others] = await Promise.all([cached.get(), cached.get(), cached.get()]);
    expect(others).toEqual([first, first]);

    clock.advance(539_000);
    expect(await cached.get()).toBe(first);
    clock.advance(2_000);
    expect(await cached.get()).not.toBe(first);
  });

  it('is not fetched for every request when it is short-lived', async () => {
    const cached = new CachedToken(clock, () => tokenFor(30));
    const first = await cached.get();
    clock.advance(14_000);
    expect(await cached.get()).toBe(first);
    clock.advance(2_000);
    expect(await cached.get()).not.toBe(first);
  });

  it.each(['opaque', 'expired by this clock'])('that is %s is used for five minutes', async (kind) => {
    const cached = new CachedToken(clock, async () =>
      kind === 'opaque' ? `opaque-${Math.random()}` : tokenFor(-60),
    );
    const first = await cached.get();
    clock.advance(239_000);
    expect(await cached.get()).toBe(first);
    clock.advance(2_000);
    expect(await cached.get()).not.toBe(first);
  });

  it('is dropped by those who hold it, and not by those whose token was an earlier one', async () => {
    const cached = new CachedToken(clock, () => tokenFor(600));
    const first = await cached.get();
    cached.drop(first);
    const second = await cached.get();
    expect(second).not.toBe(first);
    cached.drop(first);
    expect(await cached.get()).toBe(second);
  });

  it('is asked for again after a failure', async () => {
    const answers = [Promise.reject(new Error('down')), Promise.resolve('token')];
    const cached = new CachedToken(clock, async () => (await answers.shift()) ?? '');
    await expect(cached.get()).rejects.toThrow('down');
    expect(await cached.get()).toBe('token');
  });
});

function ecKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
