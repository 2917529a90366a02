import { setTimeout as sleep } from 'node:timers/promises';
import RequestQueue from 'kafkajs/src/network/requestQueue';
import { restIdleQueues } from './resting-queues';

const nothing = (): void => undefined;

describe('a request queue of kafkajs', () => {
  beforeAll(restIdleQueues);
  let queue: RequestQueue;
  let sent: number[];
  beforeEach(() => {
    sent = [];
    queue = new RequestQueue({
      maxInFlightRequests: 1,
      requestTimeout: 30_000,
      enforceRequestTimeout: false,
      clientId: 'spec',
      broker: '127.0.0.1:1',
      logger: { debug: nothing, warn: nothing },
    });
  });
  afterEach(() => {
    queue.destroy();
  });

  const push = (correlationId: number): void => {
    queue.push({
      entry: { correlationId, resolve: nothing, reject: nothing } as { correlationId: number },
      expectResponse: true,
      sendRequest: () => sent.push(correlationId),
    });
  };
  const answer = (correlationId: number): void => {
    queue.fulfillRequest({ correlationId, payload: null, size: 0 });
  };

  it('rests while nothing is pending', () => {
    push(1);
    answer(1);
    expect(sent).toEqual([1]);
    expect(queue.throttleCheckTimeoutId ?? undefined).toBeUndefined();
  });

  it('sends what waited for room once there is some', () => {
    push(1);
    push(2);
    expect(sent).toEqual([1]);
    answer(1);
    expect(sent).toEqual([1, 2]);
  });

  it('sends what was throttled once the time is over', async () => {
    queue.maybeThrottle(20);
    push(1);
    expect(sent).toEqual([]);
    while (sent.length === 0) await sleep(5);
    expect(sent).toEqual([1]);
    answer(1);
    expect(queue.throttleCheckTimeoutId ?? undefined).toBeUndefined();
  });
});
