import { readAccountUrl, readIngestUrl } from './endpoint-url';

const remote = new URL('https://acme.snowflakecomputing.com');
const local = new URL('http://127.0.0.1:8085');

describe('the account URL', () => {
  it.each([
    'https://acme.snowflakecomputing.com',
    'http://127.0.0.1:1',
    'http://localhost:1',
    'http://[::1]:1',
  ])('may be %s', (text) => {
    expect(readAccountUrl(text).origin).toBe(text);
  });

  it.each([
    'http://acme.snowflakecomputing.com',
    'http://127.0.0.1.example.com',
    'ftp://127.0.0.1',
    'acme',
    '',
  ])('may not be "%s"', (text) => {
    expect(() => readAccountUrl(text)).toThrow(
      expect.objectContaining({ kind: 'setup', code: 'account_url' }) as Error,
    );
  });
});

describe('the ingest host', () => {
  it.each([
    ['acme_x.ingest.example.com', remote, 'https://acme-x.ingest.example.com/'],
    ['ingest.example.com:8443', remote, 'https://ingest.example.com:8443/'],
    ['127.0.0.1', local, 'http://127.0.0.1:8085/'],
    ['localhost:9000', local, 'http://localhost:9000/'],
    ['[::1]', local, 'http://[::1]:8085/'],
  ])('%s of %s is called at %s%s', (answer, account, url) => {
    expect(readIngestUrl(answer, account).href).toBe(url);
  });

  it.each([
    ['ingest.example.com', local],
    ['user@example.com', remote],
    ['example.com/path', remote],
    ['<html>', remote],
    ['example.com:99999', remote],
  ])('%s of %s is not called: tokens and rows stay off it', (answer, account) => {
    expect(() => readIngestUrl(answer, account)).toThrow(
      expect.objectContaining({ code: 'ingest_host' }) as Error,
    );
  });
});
