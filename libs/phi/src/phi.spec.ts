import assert from 'node:assert';
import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { format, formatWithOptions, inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { Phi } from './phi';

const MARK = 'marked-value';
const phi = new Phi(MARK);
/** As code sees it that was given the wrong type. */
const text = phi as unknown as string;

/** Everything that can be printed of what `use` leaves behind, whether it returns or throws. */
function traceOf(use: () => unknown): string {
  const made = resultOf(use);
  const stack = made instanceof Error ? made.stack : '';
  const bytes = Buffer.isBuffer(made) ? made.toString('latin1') : '';
  return `${inspect(made, { depth: 9, showHidden: true })} ${stack} ${bytes}`;
}

function resultOf(use: () => unknown): unknown {
  try {
    return use();
  } catch (thrown) {
    return thrown;
  }
}

describe('Phi', () => {
  it('gives out its value when asked to', () => {
    expect(phi.reveal()).toBe(MARK);
    expect(phi.map((value) => value.length).reveal()).toBe(MARK.length);
  });

  it.each<readonly [string, () => unknown]>([
    ['JSON', () => JSON.stringify({ list: [phi] })],
    ['a template', () => `value: ${text}`],
    ['a concatenation', () => 'value: ' + text],
    ['a number', () => Number(text)],
    ['String', () => String(phi)],
    ['join', () => [phi, phi].join()],
    ['toLocaleString', () => phi.toLocaleString()],
    ['format %s', () => format('%s', phi)],
    ['format %d', () => format('%d', phi)],
    ['format %j', () => format('%j', { phi })],
    ['the message of an error', () => new Error(text)],
    ['Buffer.from', () => Buffer.from(text)],
    ['TextEncoder', () => new TextEncoder().encode(text)],
    ['URLSearchParams', () => new URLSearchParams({ text })],
    ['encodeURIComponent', () => encodeURIComponent(text)],
    ['a property name', () => ({ [text]: 1 })],
    ['a comparison', () => text < 'n'],
    ['a regular expression', () => /m+/.test(text)],
    ['a symbol', () => Symbol(text)],
  ])('refuses %s, without its value', (_, use) => {
    expect(use).toThrow(TypeError);
    expect(traceOf(use)).not.toContain(MARK);
  });

  describe.each<readonly [string, (held: unknown) => unknown]>([
    [
      'inspect',
      (held) => inspect([held, new Map([[held, new Set([held])]])], { depth: 9, showHidden: true }),
    ],
    ['inspect without customInspect', (held) => inspect(held, { customInspect: false, getters: true })],
    ['inspect of a proxy', (held) => inspect(new Proxy(held as object, {}), { showProxy: true })],
    ['format %o', (held) => format('%o', held)],
    ['format %O', (held) => format('%O', { held })],
    ['formatWithOptions', (held) => formatWithOptions({ showHidden: true }, held)],
    ['the cause of an error', (held) => new Error('plain', { cause: held })],
    ['a property of an error', (held) => Object.assign(new Error('plain'), { held })],
    ['an AggregateError', (held) => new AggregateError([held], 'plain')],
    ['its entries', (held) => Object.entries(held as object)],
    ['a spread', (held) => ({ ...(held as object) })],
    ['its descriptors', (held) => Object.getOwnPropertyDescriptors(held as object)],
    ['structuredClone', (held) => structuredClone(held)],
    ['v8.serialize', (held) => serialize(held)],
    ['v8.deserialize', (held) => deserialize(serialize(held)) as unknown],
    ['a message to a worker', sent],
    [
      'an assertion of node',
      (held) =>
        resultOf(() => {
          assert.deepStrictEqual(held, 'other');
        }),
    ],
    [
      'a loose assertion of node',
      (held) =>
        resultOf(() => {
          assert.equal(held, 'other');
        }),
    ],
    [
      'an assertion of jest',
      (held) =>
        resultOf(() => {
          expect({ held }).toEqual({ held: 'other' });
        }),
    ],
    ['console.dir', (held) => printed('dir', held)],
    ['console.table', (held) => printed('table', [held])],
    ['console.trace', (held) => printed('trace', held)],
  ])('%s', (_, use) => {
    it('shows what it is given', () => {
      expect(traceOf(() => use({ value: MARK }))).toContain(MARK);
    });
    it('does not show what is PHI', () => {
      expect(traceOf(() => use(phi))).not.toContain(MARK);
    });
  });

  it('prints as a placeholder', () => {
    expect(printed('log', { list: [phi] })).toBe('{ list: [ [phi] ] }\n');
  });

  it('is equal to every other one, for who cannot look inside', () => {
    expect(phi).toEqual(new Phi('another'));
  });
});

function printed(name: 'log' | 'dir' | 'table' | 'trace', value: unknown): string {
  const stream = new PassThrough();
  new Console(stream, stream)[name](value);
  return String(stream.read());
}

function sent(value: unknown): unknown {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(value);
  const received: unknown = receiveMessageOnPort(port2);
  port1.close();
  return received;
}
