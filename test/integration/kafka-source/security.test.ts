import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KafkaSourceOptions } from '@das/source-kafka';
import {
  connectProducer,
  makeCertificate,
  SourceReader,
  startKafka,
  until,
  values,
  type KafkaBroker,
} from '@das/testing';
import { kafkaSource } from './fixture';

const TOPIC = 'secured';
const user = { username: 'collector', password: 'synthetic-password' };

describe('a broker that asks for TLS and SASL', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-kafka-'));
  let broker: KafkaBroker;
  let ca: string;

  beforeAll(async () => {
    const certificate = makeCertificate(dir);
    ca = readFileSync(certificate.ca, 'utf8');
    broker = await startKafka({ dir, secured: { certificate, user } });
    await broker.createTopic(TOPIC, 1);
    const producer = await connectProducer(broker.brokers);
    await producer.send({ topic: TOPIC, messages: [{ value: 'a' }] });
    await producer.disconnect();
  });
  afterAll(async () => {
    await broker.stop();
    rmSync(dir, { recursive: true });
  });

  const reader = (options: Partial<KafkaSourceOptions>, brokers = broker.securedBrokers): SourceReader =>
    new SourceReader(kafkaSource(brokers, TOPIC, options));

  it.each(['plain', 'scram-sha-512'] as const)('is read with %s', async (mechanism) => {
    const groupId = `group.${mechanism}`;
    const started = reader({ groupId, ssl: { ca }, sasl: { mechanism, ...user } });
    await until('it has started', async () => {
      const failure = await started.refusal();
      if (failure !== undefined) expect(failure.code).toBe('coordinator_unavailable');
      return failure === undefined;
    });
    await until('one record', () => started.count === 1);
    expect(values(started.only)).toEqual(['a']);
    await started.source.stop();
  });

  it.each(['plain', 'scram-sha-512'] as const)(
    'refuses a wrong password for %s, and it is not told',
    async (mechanism) => {
      const password = 'a-wrong-password';
      const failure = await reader({ ssl: { ca }, sasl: { mechanism, ...user, password } }).refusal();
      expect(failure).toMatchObject({ kind: 'setup', code: 'kafka_authentication' });
      expect(failure?.line).toContain('KAFKA_SASL_PASSWORD');
      expect(failure?.line).not.toContain(password);
    },
  );

  it.each<[string, Partial<KafkaSourceOptions>, string, string]>([
    ['an authority that is not trusted', { ssl: true }, 'kafka_tls', 'KAFKA_SSL_CA_PATH'],
    [
      'a mechanism that is not offered',
      { sasl: { mechanism: 'scram-sha-256', ...user } },
      'kafka_authentication',
      'KAFKA_SASL_MECHANISM',
    ],
  ])('names the setting for %s', async (_what, options, code, setting) => {
    const failure = await reader({
      ssl: { ca },
      sasl: { mechanism: 'plain', ...user },
      ...options,
    }).refusal();
    expect(failure).toMatchObject({ kind: 'setup', code });
    expect(failure?.line).toContain(setting);
  });

  it('names the setting for TLS where there is none', async () => {
    const failure = await reader({ ssl: { ca } }, broker.brokers).refusal();
    expect(failure).toMatchObject({ kind: 'transient', code: 'broker_unreachable' });
    expect(failure?.line).toContain('KAFKA_SSL');
  });
});
