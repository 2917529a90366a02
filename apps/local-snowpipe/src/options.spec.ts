import { readOptions, UsageError } from './options';

describe('the options', () => {
  it('have defaults that listen on loopback', () => {
    expect(readOptions([])).toMatchObject({
      port: 8085,
      host: '127.0.0.1',
      lake: '.das/lake',
      ddl: 'sql',
      commitMs: 250,
      discard: false,
    });
    expect(readOptions(['--help'])).toBeUndefined();
  });

  it.each([
    [['--host', '0.0.0.0'], 'is not loopback'],
    [['--host', '127.0.0.1.example.com'], 'is not loopback'],
    [['--port', '70000'], '--port takes a whole number'],
    [['--tls-cert', 'c.pem'], 'go together'],
    [['--faults', '--public-key', 'U=package.json', '--host', '0.0.0.0'], '--faults: --host 0.0.0.0'],
    [['--public-key', 'U=missing.pem'], 'cannot read missing.pem'],
    [['--wat'], '--help lists the options'],
  ])('refuse %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(UsageError);
    expect(() => readOptions(args)).toThrow(message);
  });
});
