import type { StreamSource } from '@das/contracts';
import type { Source } from '@das/pipeline';
import { createKafkaSource } from '@das/source-kafka';
import { z } from 'zod';
import { readAuthority } from '../setting-file';
import { flag, required, seconds, text, type Need } from './setting';

const BROKER = /^(\[[0-9a-fA-F:]+\]|[^\s:,/]+):\d{1,5}$/;

export const KAFKA_SETTINGS = {
  /** `host:port`, comma-separated. */
  KAFKA_BROKERS: text
    .refine(
      (brokers) => brokers.split(',').every((broker) => BROKER.test(broker)),
      'is not host:port, comma-separated',
    )
    .optional(),
  /** Default: the collector's name. */
  KAFKA_GROUP_ID: text.optional(),
  /** Default: true where SASL is used. */
  KAFKA_SSL: flag.optional(),
  /** PEM file of the authority that signed the brokers' certificates; default: the system's. */
  KAFKA_SSL_CA_PATH: text.optional(),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  KAFKA_SASL_USERNAME: text.optional(),
  KAFKA_SASL_PASSWORD: text.optional(),
  /** A consumer that is silent for so long loses its partitions. */
  KAFKA_SESSION_SECONDS: seconds.default(10),
};

type KafkaSettings = z.output<z.ZodObject<typeof KAFKA_SETTINGS>>;

export function checkKafka(env: KafkaSettings, need: Need<keyof KafkaSettings>): void {
  need('KAFKA_BROKERS', 'needed where DAS_SOURCE is kafka');
  if (env.KAFKA_SASL_MECHANISM === undefined) return;
  need('KAFKA_SASL_USERNAME', 'needed where KAFKA_SASL_MECHANISM is set');
  need('KAFKA_SASL_PASSWORD', 'needed where KAFKA_SASL_MECHANISM is set');
}

/** @throws Failure setup for a file that cannot be read */
export function kafkaSource(
  { topic }: StreamSource<'kafka'>,
  collector: string,
  settings: KafkaSettings,
): Source {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SSL_CA_PATH: caPath } = settings;
  const ssl = settings.KAFKA_SSL ?? (mechanism !== undefined || caPath !== undefined);
  return createKafkaSource({
    brokers: required(settings.KAFKA_BROKERS).split(','),
    groupId: settings.KAFKA_GROUP_ID ?? collector,
    clientId: collector,
    topic,
    sessionTimeoutMs: settings.KAFKA_SESSION_SECONDS * 1000,
    ...(ssl && { ssl: caPath === undefined ? true : { ca: readAuthority(caPath) } }),
    ...(mechanism !== undefined && {
      sasl: {
        mechanism,
        username: required(settings.KAFKA_SASL_USERNAME),
        password: required(settings.KAFKA_SASL_PASSWORD),
      },
    }),
  });
}
