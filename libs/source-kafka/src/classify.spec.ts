import { classify } from './classify';

/** What kafkajs does where each broker that it knew hung up: it reads the topics of an answer that is null. */
function readMissingAnswer(answer: { topicMetadata: unknown } | null): unknown {
  return (answer as { topicMetadata: unknown }).topicMetadata;
}

describe('what the Kafka client throws', () => {
  it('is transient where the broker hung up before it answered', () => {
    let thrown: unknown;
    try {
      readMissingAnswer(null);
    } catch (error) {
      thrown = error;
    }
    expect(classify(thrown)).toMatchObject({ kind: 'transient', code: 'broker_unreachable' });
  });

  it('stops the collector where nobody knows it', () => {
    expect(classify(new TypeError('x is not a function'))).toMatchObject({ kind: 'unknown', code: 'kafka' });
  });

  it('is known under what it was wrapped in', () => {
    const cause = Object.assign(new Error(), {
      name: 'KafkaJSProtocolError',
      type: 'TOPIC_AUTHORIZATION_FAILED',
    });
    expect(classify(Object.assign(new Error(), { originalError: cause }))).toMatchObject({
      kind: 'setup',
      code: 'kafka_not_authorised',
    });
  });
});
