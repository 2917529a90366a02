import { createHash, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { Authority } from './authority';

const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const fingerprint = createHash('sha256')
  .update(own.publicKey.export({ type: 'spki', format: 'der' }))
  .digest('base64');

describe('with a public key', () => {
  const authority = new Authority(
    new Map([['U', own.publicKey.export({ type: 'spki', format: 'pem' }).toString()]]),
  );
  const now = Math.floor(Date.now() / 1000);

  async function check({
    sub = 'ACCT.U',
    iss = `ACCT.U.SHA256:${fingerprint}`,
    iat = now,
    exp = now + 3_000,
    key = own.privateKey,
  }): Promise<void> {
    const jwt = await new SignJWT({ sub, iss, iat, exp }).setProtectedHeader({ alg: 'RS256' }).sign(key);
    await authority.checkKeyPairJwt(`Bearer ${jwt}`);
  }

  it('takes that user’s JWT', async () => {
    await expect(check({})).resolves.toBeUndefined();
  });

  it.each([
    ['of another user', { sub: 'ACCT.V', iss: `ACCT.V.SHA256:${fingerprint}` }],
    ['of another fingerprint', { iss: 'ACCT.U.SHA256:x' }],
    ['signed by another key', { key: other.privateKey }],
    ['that has expired', { iat: now - 3_600, exp: now - 1 }],
    ['of more than an hour', { exp: now + 3_700 }],
    ['issued on a far day', { iat: now + 86_400, exp: now + 86_400 + 3_000 }],
  ])('refuses a JWT %s', async (_, claims) => {
    await expect(check(claims)).rejects.toMatchObject({ status: 401 });
  });
});

describe('a scoped token', () => {
  it('is known to the server that issued it, and to no other', async () => {
    const [here, elsewhere] = [new Authority(new Map()), new Authority(new Map())];
    const token = await here.issue();
    expect(() => {
      here.checkScoped(`Bearer ${token}`);
    }).not.toThrow();
    expect(() => {
      elsewhere.checkScoped(`Bearer ${token}`);
    }).toThrow();
  });
});
