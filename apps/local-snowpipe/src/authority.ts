import { createHash, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
import { ProtocolError } from './protocol-error';

const SCOPED_SECONDS = 3_600;
const LONGEST_JWT_SECONDS = 3_600;

const refused = (message: string): ProtocolError => new ProtocolError(401, 'NOT_AUTHORIZED', message);

/** Who may call: key-pair JWTs for the account's calls, this server's own tokens for the pipes'. */
export class Authority {
  private readonly secret = randomBytes(32);
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
    if (iat === undefined || exp === undefined || exp - iat > LONGEST_JWT_SECONDS)
      throw refused('a JWT lasts an hour at most');
    await jwtVerify(token, known.key, { algorithms: ['RS256'] }).catch((error: unknown) => {
      throw refused(
        error instanceof errors.JWTExpired ? 'the JWT has expired' : 'the JWT is not signed by that key',
      );
    });
  }

  async issue(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ scope: 'ingest' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuedAt(now)
      .setExpirationTime(now + SCOPED_SECONDS)
      .sign(this.secret);
  }

  /** @throws ProtocolError 401 */
  async checkScoped(header: string | undefined): Promise<void> {
    const token = bearer(header);
    await jwtVerify(token, this.secret, { algorithms: ['HS256'] }).catch(() => {
      throw refused('the token is not one of this server, or has expired');
    });
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
