import { Failure, type Clock } from '@das/pipeline';
import { readAnswer, readContinuation, readStatus, readStatuses, type RemoteStatus } from './answers';
import { createCompressor } from './compression';
import { HttpClient, type Call } from './http';
import { IngestAccess } from './ingest-access';
import type { SnowpipeObserver } from './observer';
import type { SnowpipeLimits, SnowpipeSettings } from './settings';

/** The service answers for a bounded number of channels at once. */
const CHANNELS_PER_CALL = 500;
const JSON_BODY = { 'content-type': 'application/json' };

/** Of one append. */
export interface AppendTokens {
  /** As the previous append, or the opening, returned it. */
  readonly continuation: string;
  readonly start: string;
  readonly end: string;
}

/** The calls of Snowpipe Streaming's REST API, of one pipe. */
export class RestClient {
  private readonly http: HttpClient;
  private readonly access: IngestAccess;
  private readonly compress: ReturnType<typeof createCompressor>;

  /** @throws Failure setup for a key, a URL or a compression that cannot be used */
  constructor(
    private readonly settings: SnowpipeSettings,
    limits: SnowpipeLimits,
    clock: Clock,
    observer: SnowpipeObserver,
  ) {
    this.compress = createCompressor(settings.compression ?? 'auto');
    this.http = new HttpClient(limits, clock, observer);
    this.access = new IngestAccess(settings, clock, this.http);
  }

  /** Opens a channel: fences its earlier writer and discards what that one had not committed. */
  async open(channel: string, offsetToken?: string): Promise<{ continuation: string; status: RemoteStatus }> {
    const text = await this.call(`/channels/${encodeURIComponent(channel)}`, {
      operation: 'open',
      method: 'PUT',
      headers: JSON_BODY,
      // Left out by JSON where it is undefined.
      body: JSON.stringify({ offset_token: offsetToken }),
    });
    const answer = readAnswer(text, 'open');
    return {
      continuation: readContinuation(answer, 'open'),
      status: readStatus(answer.channel_status, 'open'),
    };
  }

  /** @returns the continuation token of the next append */
  async append(channel: string, rows: Uint8Array, tokens: AppendTokens): Promise<string> {
    const { body, headers } = await this.compress(rows);
    const query = new URLSearchParams({
      continuationToken: tokens.continuation,
      startOffsetToken: tokens.start,
      endOffsetToken: tokens.end,
    });
    const path = `/channels/${encodeURIComponent(channel)}/rows?${query.toString()}`;
    const text = await this.call(
      path,
      {
        operation: 'append',
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson', ...headers },
        body,
      },
      '/v2/streaming/data',
    );
    return readContinuation(readAnswer(text, 'append'), 'append');
  }

  /** Channels that the service does not know are left out. */
  async statuses(channels: readonly string[]): Promise<Map<string, RemoteStatus>> {
    const found = new Map<string, RemoteStatus>();
    for (let from = 0; from < channels.length; from += CHANNELS_PER_CALL) {
      const part = channels.slice(from, from + CHANNELS_PER_CALL);
      const text = await this.call(':bulk-channel-status', {
        operation: 'status',
        method: 'POST',
        headers: JSON_BODY,
        body: JSON.stringify({ channel_names: part }),
      });
      for (const [name, status] of readStatuses(readAnswer(text, 'status'), part)) found.set(name, status);
    }
    return found;
  }

  /** Drops a channel with its token. One that is gone already is dropped; one with uncommitted rows is not. */
  async drop(channel: string): Promise<void> {
    try {
      await this.call(`/channels/${encodeURIComponent(channel)}`, {
        operation: 'drop',
        method: 'DELETE',
        headers: JSON_BODY,
        body: JSON.stringify({ fail_on_uncommitted_rows: true }),
      });
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.code.startsWith('err_channel_does_not_exist')) return;
      throw thrown;
    }
  }

  /** Idempotent. */
  async close(): Promise<void> {
    await this.http.close();
  }

  private async call(
    path: string,
    call: Omit<Call, 'url' | 'authorise'>,
    prefix = '/v2/streaming',
  ): Promise<string> {
    const [database, schema, pipe] = [this.settings.database, this.settings.schema, this.settings.pipe].map(
      encodeURIComponent,
    );
    const base = await this.access.url();
    const url = new URL(`${prefix}/databases/${database}/schemas/${schema}/pipes/${pipe}${path}`, base);
    return this.http.send({ ...call, url, authorise: () => this.access.authorise() });
  }
}
