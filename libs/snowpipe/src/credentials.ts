import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Failure, type Clock } from '@das/pipeline';
import { decodeJwt, SignJWT } from 'jose';

/** Snowflake takes key-pair JWTs of at most an hour. */
const JWT_SECONDS = 3_000;
/** A token is renewed so long before it ends, or after half of its life if that is later. */
const MARGIN_MS = 60_000;
/** How long a token is taken to live whose end cannot be read, or has passed by this machine's clock. */
const OPAQUE_TOKEN_MS = 300_000;

/**
 * Signs Snowflake's key-pair JWTs (RS256), for the account without its region.
 * @throws Failure setup for a key that cannot be used; the signer too, where the key has been exchanged
 */
export function createJwtSigner(options: {
  readonly account: string;
  readonly user: string;
  readonly privateKeyPem: string | (() => string);
  readonly clock: Clock;
}): () => Promise<string> {
  const { clock, privateKeyPem } = options;
  const read = () => readKey(typeof privateKeyPem === 'string' ? privateKeyPem : privateKeyPem());
  // What is wrong now is told now.
  read();
  const [account = ''] = options.account.split('.');
  const subject = `${account}.${options.user}`.toUpperCase();
  return async () => {
    const key = read();
    const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
    const fingerprint = createHash('sha256').update(der).digest('base64');
    const now = Math.floor(clock.now() / 1000);
    return new SignJWT()
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(`${subject}.SHA256:${fingerprint}`)
      .setSubject(subject)
      .setIssuedAt(now)
      .setExpirationTime(now + JWT_SECONDS)
      .sign(key);
  };
}

function readKey(pem: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem);
  } catch {
    // The error says nothing that the message below does not, and may say too much.
  }
  if (key?.asymmetricKeyType === 'rsa') return key;
  throw new Failure('setup', 'private_key', 'SNOWFLAKE_PRIVATE_KEY_PATH names no usable RSA private key', {
    cure: 'give an unencrypted PKCS#8 PEM file of the RSA key whose public half the user has',
  });
}

/** A value that is fetched once for all who ask, kept until it nears its end, and dropped on request. */
export class CachedToken {
  private current: { readonly token: string; readonly renewAtMs: number } | undefined;
  private pending: Promise<string> | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly fetch: () => Promise<string>,
  ) {}

  async get(): Promise<string> {
    if (this.current !== undefined && this.clock.now() < this.current.renewAtMs) return this.current.token;
    this.pending ??= this.fetch()
      .then((token) => {
        const now = this.clock.now();
        const lifeMs = lifeOf(token, now);
        this.current = { token, renewAtMs: now + Math.max(lifeMs - MARGIN_MS, lifeMs / 2) };
        return token;
      })
      .finally(() => {
        this.pending = undefined;
      });
    return this.pending;
  }

  /** The service refused this token. */
  drop(token: string): void {
    if (this.current?.token === token) this.current = undefined;
  }
}

function lifeOf(token: string, nowMs: number): number {
  try {
    const { exp = 0 } = decodeJwt(token);
    if (exp * 1000 > nowMs) return exp * 1000 - nowMs;
  } catch {
    // Not a JWT: its end is nobody's business but the service's, which will say 401.
  }
  return OPAQUE_TOKEN_MS;
}
