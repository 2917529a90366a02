import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Failure, type Clock } from '@das/pipeline';
import { decodeJwt, SignJWT } from 'jose';

/** Snowflake takes key-pair JWTs of at most an hour. */
const JWT_SECONDS = 3_000;
/** Renewed so long before it ends. */
const MARGIN_MS = 60_000;
/** A scoped token whose end cannot be read is used this long. */
const OPAQUE_TOKEN_MS = 300_000;

/** Signs Snowflake's key-pair JWTs (RS256). @throws Failure setup for a key that cannot be used */
export function createJwtSigner(options: {
  readonly account: string;
  readonly user: string;
  readonly privateKeyPem: string;
  readonly clock: Clock;
}): () => Promise<string> {
  const { clock } = options;
  const key = readKey(options.privateKeyPem);
  const subject = `${options.account}.${options.user}`.toUpperCase();
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const fingerprint = createHash('sha256').update(der).digest('base64');
  return async () => {
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
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new Failure(
      'setup',
      'private_key',
      'the file named by SNOWFLAKE_PRIVATE_KEY_PATH holds no usable private key',
      {
        cure: 'give an unencrypted PKCS#8 PEM file of an RSA key',
        cause,
      },
    );
  }
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
        this.current = { token, renewAtMs: this.endOf(token) - MARGIN_MS };
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

  private endOf(token: string): number {
    try {
      const { exp } = decodeJwt(token);
      if (exp !== undefined) return exp * 1000;
    } catch {
      // Not a JWT: its end is nobody's business but the service's, which will say 401.
    }
    return this.clock.now() + OPAQUE_TOKEN_MS;
  }
}
