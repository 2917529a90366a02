import { isRegistryUrl } from './registry-url';

describe('the URL of a registry', () => {
  it.each(['https://registry.example.com', 'https://registry.example.com/path', 'http://127.0.0.1:8081'])(
    'may be %s',
    (text) => {
      expect(isRegistryUrl(text)).toBe(true);
    },
  );

  it.each([
    ['http elsewhere', 'http://registry.example.com'],
    ['http at a name that begins like loopback', 'http://127.0.0.1.example.com'],
    ['another protocol', 'ftp://127.0.0.1'],
    ['one with a user', 'https://user@registry.example.com'],
    ['one with a query', 'https://registry.example.com?a=b'],
    ['one with a fragment', 'https://registry.example.com#a'],
    ['no URL', 'registry'],
  ])('may not be %s', (_, text) => {
    expect(isRegistryUrl(text)).toBe(false);
  });
});
