import type { Clock } from '@das/pipeline';
import { readWord } from './answers';
import { CachedToken, createJwtSigner } from './credentials';
import { readAccountUrl, readIngestUrl } from './endpoint-url';
import type { Authorisation, Call, HttpClient } from './http';
import type { SnowpipeSettings } from './settings';

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Where rows are taken, and with which token: both come from the account, for a key-pair JWT. */
export class IngestAccess {
  private readonly accountUrl: URL;
  private readonly jwt: CachedToken;
  private readonly scoped: CachedToken;
  private ingestUrl: Promise<URL> | undefined;

  /** @throws Failure setup */
  constructor(
    settings: SnowpipeSettings,
    clock: Clock,
    private readonly http: HttpClient,
  ) {
    this.accountUrl = readAccountUrl(settings.accountUrl);
    this.jwt = new CachedToken(clock, createJwtSigner({ ...settings, clock }));
    this.scoped = new CachedToken(clock, () => this.fetchScopedToken());
  }

  /** The base of the calls on pipes; asked for once, and again after a failure. @throws Failure */
  async url(): Promise<URL> {
    this.ingestUrl ??= this.fetchIngestUrl().catch((thrown: unknown) => {
      this.ingestUrl = undefined;
      throw thrown;
    });
    return this.ingestUrl;
  }

  /** @throws Failure */
  async authorise(): Promise<Authorisation> {
    return authoriseBy(this.scoped);
  }

  private async fetchIngestUrl(): Promise<URL> {
    const text = await this.askAccount({
      operation: 'hostname',
      method: 'GET',
      url: new URL('/v2/streaming/hostname', this.accountUrl),
    });
    return readIngestUrl(readWord(text, 'hostname', ['hostname']), this.accountUrl);
  }

  private async fetchScopedToken(): Promise<string> {
    const { host } = await this.url();
    const text = await this.askAccount({
      operation: 'token',
      method: 'POST',
      url: new URL('/oauth/token', this.accountUrl),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: GRANT_TYPE, scope: host }).toString(),
    });
    return readWord(text, 'token', ['token', 'access_token']);
  }

  private async askAccount(call: Omit<Call, 'authorise'>): Promise<string> {
    return this.http.send({
      ...call,
      headers: { ...call.headers, 'x-snowflake-authorization-token-type': 'KEYPAIR_JWT' },
      authorise: () => authoriseBy(this.jwt),
    });
  }
}

async function authoriseBy(cached: CachedToken): Promise<Authorisation> {
  const token = await cached.get();
  return {
    token,
    drop: () => {
      cached.drop(token);
    },
  };
}
