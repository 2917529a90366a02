import { isSafeUrl } from './safe-url';

it.each([
  ['https://acct.example', true],
  ['http://127.0.0.1:1', true],
  ['http://localhost', true],
  ['http://[::1]:1', true],
  ['http://acct.example', false],
  ['http://127.0.0.1.example', false],
  ['http://0.0.0.0', false],
  ['ftp://127.0.0.1', false],
])('%s is safe: %s', (url, isSafe) => {
  expect(isSafeUrl(new URL(url))).toBe(isSafe);
});
