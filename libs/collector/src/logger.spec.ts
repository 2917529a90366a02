import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { Phi } from '@das/phi';
import { asFailure, ClearRecord, Failure } from '@das/pipeline';
import { Counter, Registry } from 'prom-client';
import { pinoHttp } from 'pino-http';
import { loggerOptions } from './logger-options';

const MARK = 'marked-value';
const bytes = Buffer.from(MARK);
const phi = new Phi(MARK);
const record = new ClearRecord('1', bytes, bytes, 0, [[MARK, bytes]]);

describe('the logger', () => {
  const stream = new PassThrough();
  const { logger } = pinoHttp(loggerOptions('trace', { collector: 'test' }), stream);
  const logged = (log: () => void): string => {
    log();
    return String(stream.read());
  };

  it('says what it is told', () => {
    expect(
      logged(() => {
        logger.info({ partition: '3' }, 'partition running');
      }),
    ).toContain('"partition":"3"');
    expect(
      logged(() => {
        logger.info('plain %s', 'text');
      }),
    ).toContain('"msg":"plain text"');
  });

  it.each([
    ['an error', new Error(MARK)],
    ['its cause', new Error('plain', { cause: new Error(MARK) })],
    ['an AggregateError', new AggregateError([new Error(MARK)], MARK)],
    ['a property', Object.assign(new Error('plain'), { row: MARK, name: MARK, code: MARK })],
    ['what JSON.parse says', thrownBy(() => JSON.parse(MARK))],
    ['a failure', new Failure('transient', 'code', 'plain', { cause: new Error(MARK) })],
    ['a failure that nobody classified', asFailure(new Error(MARK))],
  ])('tells class and places of %s, and not what it says', (_, err) => {
    for (const log of [
      () => {
        logger.error(err);
      },
      () => {
        logger.error({ err }, 'failed');
      },
    ]) {
      expect(logged(log)).not.toContain(MARK);
    }
  });

  it('takes a request for one, and repeats none of its headers', () => {
    const req = new IncomingMessage(new Socket());
    Object.assign(req, { method: 'GET', url: `/${MARK}`, headers: { authorization: MARK } });
    for (const log of [
      () => {
        logger.info(req, 'first');
      },
      () => {
        logger.info({ req }, 'a field');
      },
      () => {
        logger.info(new ServerResponse(req), 'an answer');
      },
      () => {
        logger.info({ res: new ServerResponse(req) }, 'an answer');
      },
    ]) {
      const line = logged(log);
      expect(line.length).toBeLessThan(400);
      expect(line).toMatch(/"method":"GET"|"statusCode":/);
      expect(line).not.toContain(MARK);
    }
  });

  it('says where an error began', () => {
    const line = logged(() => {
      logger.error({ err: new RangeError(MARK) }, 'failed');
    });
    const { msg, err } = JSON.parse(line) as { msg: string; err: { message: string; at: string[] } };
    expect([msg, err.message]).toEqual(['failed', 'an unclassified RangeError was thrown']);
    expect(err.at[0]).toContain('logger.spec.ts');
  });

  it.each([
    ['PHI', phi],
    ['a record', record],
  ])('does not print %s, nor end because of it', (_, held) => {
    for (const log of [
      () => {
        logger.info({ held });
      },
      () => {
        logger.info(held);
      },
      () => {
        logger.info({ deep: { list: [held] } }, 'text %o', held);
      },
      () => {
        logger.child({ held }).info('child');
      },
    ]) {
      expect(logged(log)).toMatch(/^\{.*\}\n$/);
      expect(logged(log)).not.toMatch(/marked-value|109,97,114/);
    }
  });
});

describe('metrics', () => {
  it('take no PHI for a label', async () => {
    const registers = [new Registry()];
    const counter = new Counter({ name: 'test', help: 'a test', labelNames: ['label'], registers });
    expect(() => {
      counter.inc({ label: phi as unknown as string });
    }).toThrow(TypeError);
    expect(await registers[0]?.metrics()).not.toContain(MARK);
  });
});

function thrownBy(use: () => unknown): unknown {
  try {
    return use();
  } catch (thrown) {
    return thrown;
  }
}
