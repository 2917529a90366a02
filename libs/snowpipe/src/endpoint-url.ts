import { isLoopback, isSafeUrl } from '@das/environment';
import { Failure } from '@das/pipeline';

/** @throws Failure setup for anything but https, or http on loopback: rows and tokens never travel in clear */
export function readAccountUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && isSafeUrl(url)) return url;
  throw new Failure('setup', 'account_url', 'SNOWFLAKE_ACCOUNT_URL is no https URL, and not on loopback', {
    cure: 'give https://<account>.snowflakecomputing.com, or http:// only for a local endpoint',
  });
}

/**
 * The base of the ingest host's calls. The scheme is the account URL's; so is the port on loopback, where the
 * answer names none. Certificates do not hold for underscores, so they become hyphens.
 * @throws Failure setup
 */
export function readIngestUrl(hostAnswer: string, account: URL): URL {
  const [, host, port] = /^(\[[0-9a-f:]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.exec(hostAnswer) ?? [];
  const ownPort = isLoopback(account.hostname) && account.port !== '' ? `:${account.port}` : '';
  const text = `${account.protocol}//${(host ?? '').replaceAll('_', '-')}${port ?? ownPort}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && isSafeUrl(url)) return url;
  throw new Failure('setup', 'ingest_host', 'the ingest host that the account names cannot be used', {
    cure: 'see that SNOWFLAKE_ACCOUNT_URL leads to Snowflake and not to a proxy',
  });
}
