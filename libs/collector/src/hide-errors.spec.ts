import { PassThrough } from 'node:stream';
import { runInNewContext } from 'node:vm';
import { Failure } from '@das/pipeline';
import { pinoHttp } from 'pino-http';
import { loggerOptions } from './logger-options';

const MARK = 'marked-value';

describe('the logger, given an error anywhere in a line', () => {
  const stream = new PassThrough();
  const { logger } = pinoHttp(loggerOptions('trace', { collector: 'test' }), stream);
  const logged = (log: () => void): string => {
    log();
    return String(stream.read());
  };

  it.each<[string, (error: Error) => void]>([
    [
      'a text, as %s',
      (error) => {
        logger.error('a %s', error);
      },
    ],
    [
      'a text, as %o',
      (error) => {
        logger.error('a %o', error);
      },
    ],
    [
      'a text, as %j',
      (error) => {
        logger.error('a %j', error);
      },
    ],
    [
      'a text, within a list',
      (error) => {
        logger.error('a %s', [error]);
      },
    ],
    [
      'a text, within an object',
      (error) => {
        logger.error('a %o', { error });
      },
    ],
    [
      'a text beside fields',
      (error) => {
        logger.error({ x: 1 }, 'b %s', error);
      },
    ],
    [
      'the text itself',
      (error) => {
        logger.error({ x: 1 }, error as unknown as string);
      },
    ],
    [
      'the text itself, of nothing',
      (error) => {
        logger.error(null, error as unknown as string);
      },
    ],
    [
      'a text that was left out',
      (error) => {
        logger.error(undefined, '%s', error);
      },
    ],
    [
      'a text beside an error',
      (error) => {
        logger.error(error, 'c %s', error);
      },
    ],
    [
      'any field',
      (error) => {
        logger.error({ error }, 'x');
      },
    ],
    [
      'a deeper field',
      (error) => {
        logger.error({ a: { err: error } }, 'y');
      },
    ],
    [
      'a list',
      (error) => {
        logger.error([{ errors: [error] }], 'y');
      },
    ],
    [
      'a field that is deeper than anybody looks',
      (error) => {
        logger.error({ a: { b: { c: { d: { e: { f: { g: { error } } } } } } } }, 'y');
      },
    ],
    [
      'an err that is only like one',
      ({ message }) => {
        logger.error({ err: { message } });
      },
    ],
    [
      'a request',
      (error) => {
        logger.error({ req: { id: 1, error } }, 'z');
      },
    ],
  ])('repeats nothing of an error in %s', (_, log) => {
    const detailed = Object.assign(new Error(MARK), { detail: MARK, toJSON: () => MARK });
    for (const error of [
      Object.assign(new Error(MARK), { detail: MARK }),
      detailed,
      thrownBy(() => runInNewContext('x' + MARK)),
    ]) {
      const line = logged(() => {
        log(error as Error);
      });
      expect(line).toMatch(/^\{.*\}\n$/);
      expect(line).not.toMatch(/marked/);
    }
  });

  it('says of an error, wherever it stands, what may be said', () => {
    const fields = logged(() => {
      logger.error({ a: { b: new RangeError(MARK), c: 1 } }, 'failed: %s %d', new TypeError(MARK), 7);
    });
    expect(JSON.parse(fields)).toMatchObject({
      msg: 'failed: an unclassified TypeError was thrown 7',
      a: { b: { message: 'an unclassified RangeError was thrown' }, c: 1 },
    });
    const ours = logged(() => {
      logger.error('failed: %s', new Failure('setup', 'code', 'plain'));
    });
    expect(ours).toContain('"msg":"failed: plain"');
  });

  it('leaves what has no error as it is, cycles too', () => {
    const cycle: { at: Date; list: unknown[]; self?: object } = { at: new Date(0), list: [1, { two: null }] };
    cycle.self = cycle;
    const line = logged(() => {
      logger.info(cycle, 'text %o', { a: [1] });
    });
    expect(JSON.parse(line)).toMatchObject({
      msg: 'text {"a":[1]}',
      at: '1970-01-01T00:00:00.000Z',
      list: [1, { two: null }],
    });
  });
});

function thrownBy(use: () => unknown): unknown {
  try {
    return use();
  } catch (thrown) {
    return thrown;
  }
}
