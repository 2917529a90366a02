import { Failure } from '@das/pipeline';

/** What kafkajs's errors carry beyond Error; all of it optional. */
interface VendorError {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly code?: unknown;
  readonly retriable?: unknown;
  readonly cause?: unknown;
  readonly originalError?: unknown;
}

const SETUP: Readonly<Record<string, readonly [code: string, message: string, cure: string]>> = {
  KafkaJSSASLAuthenticationError: [
    'kafka_authentication',
    'the broker refused the credentials',
    'check KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD',
  ],
  SASL_AUTHENTICATION_FAILED: [
    'kafka_authentication',
    'the broker refused the credentials',
    'check KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD',
  ],
  UNSUPPORTED_SASL_MECHANISM: [
    'kafka_authentication',
    'the broker does not offer this SASL mechanism',
    'check KAFKA_SASL_MECHANISM',
  ],
  UNKNOWN_TOPIC_OR_PARTITION: [
    'topic_missing',
    'the contract’s topic does not exist',
    'create it, or correct the topic in the contract',
  ],
  INVALID_TOPIC_EXCEPTION: [
    'topic_missing',
    'the contract’s topic has no valid name',
    'correct the topic in the contract',
  ],
  TOPIC_AUTHORIZATION_FAILED: [
    'kafka_not_authorised',
    'reading the topic is not allowed',
    'grant READ and DESCRIBE on the topic',
  ],
  GROUP_AUTHORIZATION_FAILED: [
    'kafka_not_authorised',
    'using the consumer group is not allowed',
    'grant READ on the group named by KAFKA_GROUP_ID',
  ],
  CLUSTER_AUTHORIZATION_FAILED: [
    'kafka_not_authorised',
    'the cluster refuses this user',
    'check the grants of KAFKA_SASL_USERNAME',
  ],
  INVALID_SESSION_TIMEOUT: [
    'kafka_session',
    'the broker does not allow this session timeout',
    'set KAFKA_SESSION_SECONDS within the broker’s group.min.session.timeout.ms and group.max.session.timeout.ms',
  ],
  INCONSISTENT_GROUP_PROTOCOL: [
    'kafka_group',
    'the consumer group is in use by another kind of consumer',
    'set KAFKA_GROUP_ID to a group of its own',
  ],
  KafkaJSNotImplemented: [
    'kafka_compression',
    'the topic holds records in a compression that is not read',
    'have its producers, and its own compression.type, use gzip or none; what is there already is read by no collector of this version',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    'kafka_tls',
    'the broker’s certificate is not trusted',
    'set KAFKA_SSL_CA_PATH',
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'kafka_tls',
    'the broker’s certificate is not trusted',
    'set KAFKA_SSL_CA_PATH',
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'kafka_tls',
    'the broker’s certificate is not trusted',
    'set KAFKA_SSL_CA_PATH',
  ],
  CERT_HAS_EXPIRED: ['kafka_tls', 'the broker’s certificate has expired', 'renew it'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'kafka_tls',
    'the broker’s certificate names another host',
    'check KAFKA_BROKERS',
  ],
  ERR_SSL_WRONG_VERSION_NUMBER: [
    'kafka_tls',
    'the broker does not speak TLS on this port',
    'check KAFKA_SSL and KAFKA_BROKERS',
  ],
};

const UNREACHABLE = new Set([
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSNumberOfRetriesExceeded',
  'KafkaJSBrokerNotFound',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSLockTimeout',
]);

/** A broker that has just started, or a group that moves to another one. */
const COORDINATOR = new Set([
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
  'KafkaJSGroupCoordinatorNotFound',
]);

const NOT_OWNER = new Set([
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'REBALANCE_IN_PROGRESS',
  'FENCED_INSTANCE_ID',
]);

/** kafkajs's error as a Failure: the one table of its names and of Kafka's codes. */
export function classify(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const chain = chainOf(thrown);
  const names = chain
    .flatMap(({ name, type, code }) => [name, type, code])
    .filter((text) => typeof text === 'string');
  for (const name of names) {
    const setup = Object.hasOwn(SETUP, name) ? SETUP[name] : undefined;
    if (setup !== undefined)
      return new Failure('setup', setup[0], setup[1], { cure: setup[2], cause: thrown });
  }
  if (names.some((name) => NOT_OWNER.has(name))) {
    return new Failure('transient', 'not_owner', 'the group does not know this member as the owner', {
      cause: thrown,
    });
  }
  if (names.some((name) => COORDINATOR.has(name))) {
    return new Failure('transient', 'coordinator_unavailable', 'no broker coordinates the group yet', {
      cause: thrown,
    });
  }
  if (names.some((name) => UNREACHABLE.has(name)) || chain.some(isMissingAnswer)) {
    return new Failure('transient', 'broker_unreachable', 'no broker could be reached', {
      // A broker that does not speak TLS, or does, just hangs up on who tries the other.
      cure: 'see that a broker is up, and that KAFKA_BROKERS and KAFKA_SSL are right',
      cause: thrown,
    });
  }
  if (chain.some(({ retriable }) => retriable === true)) {
    return new Failure('transient', 'kafka', 'the broker could not do it now', { cause: thrown });
  }
  return new Failure('unknown', 'kafka', 'the Kafka client failed in a way that is not known', {
    cause: thrown,
  });
}

export function isNotOwner(failure: Failure): boolean {
  return failure.code === 'not_owner';
}

/** kafkajs reads an answer that no broker gave, where every one that it knew hung up. */
function isMissingAnswer(error: VendorError): boolean {
  return error instanceof TypeError && error.message.includes("null (reading 'topicMetadata')");
}

/** The error and what caused it; kafkajs wraps, under two names. */
function chainOf(thrown: unknown): readonly VendorError[] {
  const chain: VendorError[] = [];
  let at: unknown = thrown;
  while (typeof at === 'object' && at !== null && chain.length < 8) {
    const error = at as VendorError;
    chain.push(error);
    at = error.originalError ?? error.cause;
  }
  return chain;
}
