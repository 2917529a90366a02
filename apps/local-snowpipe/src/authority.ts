import { createHash, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
import { ProtocolError } from './protocol-error';

const SCOPED_SECONDS = 3_600;
const LONGEST_JWT_SECONDS = 3_600;

const refused = (message: string): ProtocolError => new ProtocolError(401, 'NOT_AUTHORIZED', message);

/** Who may call: key-pair JWTs for the account's calls, this server's own tokens for the pipes'. */
export class Authority {
  private readonly secret = randomBytes(32);
  /** Scoped tokens and when they end, in milliseconds: looking one up is cheaper than verifying it. */
  private readonly issued = new Map<string, number>();
  private readonly keys: ReadonlyMap<string, { readonly key: KeyObject; readonly fingerprint: string }>;

  constructor(publicKeys: ReadonlyMap<string, string>) {
    this.keys = new Map(
      [...publicKeys].map(([user, pem]) => {
        const key = createPublicKey(pem);
        const der = key.export({ type: 'spki', format: 'der' });
        return [user, { key, fingerprint: createHash('sha256').update(der).digest('base64') }];
      }),
    );
  }

  /** @throws ProtocolError 401 */
  async checkKeyPairJwt(header: string | undefined): Promise<void> {
    const token = bearer(header);
    if (this.keys.size === 0) {
      // On loopback, where nobody else calls: well-formed and not expired is enough.
      const { exp } = decode(token);
      if (exp !== undefined && exp * 1000 < Date.now()) throw refused('the JWT has expired');
      return;
    }
    const { sub = '', iss = '', iat, exp } = decode(token);
    const known = this.keys.get(sub.slice(sub.indexOf('.') + 1));
    if (known === undefined || iss !== `${sub}.SHA256:${known.fingerprint}`)
      throw refused('no public key fits the JWT');
    const nowSeconds = Date.now() / 1000;
    // Counted from now as well: a JWT may name a far day as the one on which it was issued.
    const isLong = exp === undefined || exp - Math.min(iat ?? 0, nowSeconds) > LONGEST_JWT_SECONDS;
    if (isLong) throw refused('a JWT lasts an hour at most');
    await jwtVerify(token, known.key, { algorithms: ['RS256'] }).catch((error: unknown) => {
      throw refused(
        error instanceof errors.JWTExpired ? 'the JWT has expired' : 'the JWT is not signed by that key',
      );
    });
  }

  async issue(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    for (const [token, endMs] of this.issued) if (endMs < Date.now()) this.issued.delete(token);
    const token = await new SignJWT({ scope: 'ingest' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuedAt(now)
      .setExpirationTime(now + SCOPED_SECONDS)
      .sign(this.secret);
    this.issued.set(token, (now + SCOPED_SECONDS) * 1000);
    return token;
  }

  /** Whoever holds a scoped token needs another one. */
  expireAll(): void {
    this.issued.clear();
  }

  /** @throws ProtocolError 401 */
  checkScoped(header: string | undefined): void {
    const endMs = this.issued.get(bearer(header)) ?? 0;
    if (endMs < Date.now()) throw refused('the token is not one of this server, or has expired');
  }
}

function bearer(header: string | undefined): string {
  const token = /^Bearer (\S+)$/.exec(header ?? '')?.[1];
  if (token === undefined) throw refused('a bearer token is missing');
  return token;
}

function decode(token: string) {
  try {
    return decodeJwt(token);
  } catch {
    throw refused('the bearer token is not a JWT');
  }
}
