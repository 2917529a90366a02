import { inspect } from 'node:util';
import { asFailure, Failure } from './failure';

const foreign = (message: string): Error =>
  Object.assign(new Error(message), { name: 'marked-name', row: message });

describe('a failure', () => {
  it('keeps what caused it from everybody', () => {
    const failure = new Failure('unknown', 'code', 'plain', { cause: foreign('marked-value') });
    const shown = [
      inspect(failure, { depth: 9, showHidden: true, getters: true }),
      failure.stack,
      failure.line,
    ];
    expect(shown.join()).not.toContain('marked');
    expect(JSON.stringify([failure, Object.getOwnPropertyDescriptors(failure)])).not.toContain('marked');
  });

  it('of something foreign names its class alone', () => {
    class StrangeError extends Error {}
    expect(asFailure(Object.assign(new StrangeError('marked-value'), { name: 'marked-name' }))).toMatchObject(
      {
        kind: 'unknown',
        message: 'an unclassified StrangeError was thrown',
      },
    );
    expect(asFailure('marked-value').message).toBe('an unclassified string was thrown');
  });
});

describe('the places of a failure', () => {
  const placesOf = (cause: unknown): readonly string[] =>
    new Failure('unknown', 'code', 'plain', { cause }).places;

  it('say where in the code it began', () => {
    expect(placesOf(foreign('marked-value'))[0]).toMatch(/failure\.spec\.ts:\d+:\d+$/);
    expect(new Failure('setup', 'code', 'plain').places[0]).toMatch(/failure\.spec\.ts:\d+:\d+$/);
  });

  it('repeat nothing that the error says, whatever it looks like', () => {
    const lines = 'one\n    at marked (/marked-value/file.ts:1:1)\n    at /marked-value:2:2';
    const named = { marked: () => foreign(lines) };
    expect(placesOf(named.marked())).not.toHaveLength(0);
    expect(placesOf(named.marked()).join()).not.toContain('marked');
  });

  const exchanged = foreign('marked-value');
  // Some make their stack when it is asked for.
  expect(exchanged.stack).toContain('marked-value');
  exchanged.message = 'another';

  it.each([
    ['no error', 'marked-value'],
    ['an error whose message was exchanged', exchanged],
    ['an error without a stack', Object.assign(foreign('marked-value'), { stack: undefined })],
  ])('are none for %s', (_, cause) => {
    expect(placesOf(cause)).toEqual([]);
  });
});
