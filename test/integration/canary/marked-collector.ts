import { EventEmitter } from 'node:events';
import { CollectorModule, runCollector, type CollectorDeclaration } from '@das/collector';
import type { Draft, Step } from '@das/pipeline';
import { visitsEventsV1 } from '@das/testing';
import { Module } from '@nestjs/common';

/** Bugs with a record in hand, each of which says everything that it knows. */
const CRASHES: Readonly<Record<string, Step>> = {
  throws: (draft) => {
    throw Object.assign(new Error(`cannot enrich ${JSON.stringify(draft.event)}`), {
      draft,
      event: draft.event,
    });
  },
  'names-itself': (draft) => {
    const text = JSON.stringify(draft.event);
    throw Object.assign(new RangeError(`${text}\n    at ${text} (/${text}:1:1)`), { name: text, code: text });
  },
  uncaught: later((draft) => {
    throw Object.assign(new TypeError(textOf(draft)), { cause: draft.event });
  }),
  rejects: later((draft) => {
    void Promise.reject(Object.assign(new Error(textOf(draft)), { event: draft.event }));
  }),
  'rejects-without-error': later(({ event }) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a bug like any other
    void Promise.reject(event);
  }),
  emits: later(({ event }) => {
    new EventEmitter().emit('error', event);
  }),
};

/** Once the step has returned, where nobody catches it. */
function later(crash: (draft: Draft) => void): Step {
  return (draft) => {
    setImmediate(crash, draft);
    return undefined;
  };
}

function textOf({ payload }: Draft): string {
  return Buffer.from(payload).toString('utf8');
}

const enrich = CRASHES[process.env.CANARY_CRASH ?? ''];

/** A collector of the health contract, which no app has; with `CANARY_CRASH` it meets a bug. */
const visits: CollectorDeclaration = {
  name: 'visits-events-collector',
  version: '0.0.1',
  contracts: [{ ...visitsEventsV1, deadLetters: { fuseRatio: 1, fuseRunLength: 1_000_000 } }],
  ...(enrich && { enrich }),
};

@Module({ imports: [CollectorModule.register(visits)] })
class VisitsModule {}

void runCollector(VisitsModule);
