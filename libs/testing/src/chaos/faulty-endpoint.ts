interface TableName {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
}

/** A local endpoint that takes faults, and the client of it that nobody asked for. */
export class FaultyEndpoint {
  constructor(
    private readonly url: string,
    private readonly table: TableName,
  ) {}

  /** @throws Error when the endpoint does not take it */
  async commit(fault: Readonly<Record<string, unknown>>): Promise<void> {
    await this.call('/faults', { method: 'POST', body: JSON.stringify(fault) });
  }

  /** Ends every fault that has not struck yet, or stands. */
  async clear(): Promise<void> {
    await this.call('/faults', { method: 'DELETE' });
  }

  /** A passing writer: it opens the channel, so that what was received is forgotten, and goes away. */
  async usurp(channel: string): Promise<void> {
    const authorization = `Bearer ${await this.call('/oauth/token', {
      method: 'POST',
      headers: { authorization: `Bearer ${unsignedJwt()}` },
    })}`;
    const { database, schema, name } = this.table;
    const pipe = `/v2/streaming/databases/${database}/schemas/${schema}/pipes/${name}-STREAMING`;
    await this.call(`${pipe}/channels/${encodeURIComponent(channel)}`, {
      method: 'PUT',
      headers: { authorization },
      body: '{}',
    });
  }

  private async call(path: string, request: RequestInit): Promise<string> {
    const response = await fetch(`${this.url}${path}`, request);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text}`);
    return text;
  }
}

/** Without a public key the endpoint takes any that has not expired. */
function unsignedJwt(): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 300;
  return `${encode({ alg: 'none' })}.${encode({ exp })}.`;
}
