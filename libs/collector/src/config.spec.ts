import { readConfig } from './config';

const JSON_TOPIC = { kind: 'kafka', format: 'json' } as const;
const good = {
  DAS_SOURCE: 'journal',
  DAS_JOURNAL_DIR: '/journal',
  SNOWFLAKE_ACCOUNT_URL: 'http://127.0.0.1:8085',
  SNOWFLAKE_ACCOUNT: 'LOCAL',
  SNOWFLAKE_USER: 'COLLECTOR',
  SNOWFLAKE_PRIVATE_KEY_PATH: '/keys/key.pem',
  PHI_KEY_FILE: '/keys/phi.json',
};

describe('the configuration', () => {
  it('has defaults, listens on loopback and is frozen', () => {
    const config = readConfig(good, JSON_TOPIC);
    expect(config).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', LOG_LEVEL: 'info', DAS_DRAIN_SECONDS: 20 });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('names every variable that is missing or wrong, and no value', () => {
    const act = () =>
      readConfig({ ...good, SNOWFLAKE_USER: '', PORT: 'secret-99999', LOG_LEVEL: 'secret-loud' }, JSON_TOPIC);
    expect(act).toThrow(expect.objectContaining({ kind: 'setup', code: 'config' }) as Error);
    expect(act).toThrow(/SNOWFLAKE_USER: is not set/);
    expect(act).toThrow(/PORT: /);
    expect(act).toThrow(/LOG_LEVEL: /);
    expect(act).not.toThrow(/secret/);
  });

  it('asks for a registry where the format needs one, and takes no journal for it', () => {
    const kafka = { ...good, DAS_SOURCE: 'kafka', KAFKA_BROKERS: 'b:9092' };
    const SCHEMA_REGISTRY_URL = 'https://registry.example/apis/ccompat/v7';
    expect(readConfig({ ...kafka, SCHEMA_REGISTRY_URL }, { kind: 'kafka', format: 'avro' })).toMatchObject({
      SCHEMA_REGISTRY_URL,
    });
    expect(() => readConfig(kafka, { kind: 'kafka', format: 'protobuf' })).toThrow(
      /SCHEMA_REGISTRY_URL: needed for a stream of protobuf/,
    );
    expect(() => readConfig({ ...good, SCHEMA_REGISTRY_URL }, { kind: 'kafka', format: 'avro' })).toThrow(
      /DAS_SOURCE: a journal holds lines/,
    );
  });

  it.each([
    [{ SCHEMA_REGISTRY_URL: 'http://registry.example' }, /SCHEMA_REGISTRY_URL: is no https URL/],
    [{ SCHEMA_REGISTRY_URL: 'https://user:secret@registry.example' }, /SCHEMA_REGISTRY_URL: is no https URL/],
    [{ SCHEMA_REGISTRY_USERNAME: 'user' }, /SCHEMA_REGISTRY_PASSWORD: needed/],
    [{ SCHEMA_REGISTRY_PASSWORD: 'secret' }, /SCHEMA_REGISTRY_USERNAME: needed/],
    [{ DAS_SOURCE: 'kafka' }, /KAFKA_BROKERS: needed/],
    [{ DAS_SOURCE: undefined }, /KAFKA_BROKERS: needed/],
    [{ DAS_SOURCE: 'kinesis' }, /DAS_SOURCE: the contract has the stream in kafka/],
    [{ DAS_JOURNAL_DIR: '' }, /DAS_JOURNAL_DIR: needed/],
    [{ SNOWFLAKE_ACCOUNT_URL: 'http://acme.example' }, /SNOWFLAKE_ACCOUNT_URL: is no https URL/],
    [{ SNOWFLAKE_ACCOUNT_URL: 'not a url' }, /SNOWFLAKE_ACCOUNT_URL: is no https URL/],
    [{ KAFKA_BROKERS: 'b' }, /KAFKA_BROKERS: is not host:port/],
    [{ KAFKA_BROKERS: 'b:9092,,c:9092' }, /KAFKA_BROKERS: is not host:port/],
    [{ DAS_ADMIN_TOKEN: 'fifteen-letters' }, /DAS_ADMIN_TOKEN: is shorter/],
    [
      { DAS_SOURCE: 'kafka', KAFKA_BROKERS: 'b:9092', KAFKA_SASL_MECHANISM: 'plain' },
      /KAFKA_SASL_USERNAME.*KAFKA_SASL_PASSWORD/,
    ],
  ])('asks for what a choice needs: %j', (change, message) => {
    expect(() => readConfig({ ...good, ...change }, JSON_TOPIC)).toThrow(message);
  });
});
