import { IncomingMessage, ServerResponse } from 'node:http';
import { asFailure, Unprintable } from '@das/pipeline';
import type { LogFn } from 'pino';
import type { Options } from 'pino-http';
import { describeError } from './describe-error';
import { hideErrors, hideInText, isError } from './hide-errors';

/** A line that is written during a request has the request: without its headers, which hold a token. */
const SERIALIZERS = { req: describeRequest, err: describeError };

/** How a collector logs: JSON lines that repeat nothing of a request but its kind, and nothing that an error says. */
export function loggerOptions(level: string, base: Readonly<Record<string, string>>): Options {
  return {
    level,
    base,
    autoLogging: false,
    serializers: SERIALIZERS,
    formatters: { level: (name) => ({ level: name }) },
    hooks: {
      logMethod(args, log) {
        log.apply(this, safe(args));
      },
    },
  };
}

/**
 * pino takes an error's message for the line's own, and what it is given first apart into its fields. What it
 * would print of an error anywhere else is replaced here.
 */
function safe([first, ...rest]: readonly unknown[]): Parameters<LogFn> {
  const texts = rest.map(hideInText);
  if (isError(first)) return line({ err: first }, first, texts);
  if (first instanceof Unprintable) return line({}, undefined, texts);
  // A request or an answer as a whole is a field of its own for pino, which has a serializer.
  const isWhole = first instanceof IncomingMessage || first instanceof ServerResponse;
  if (typeof first !== 'object' || first === null || isWhole) return [first, ...texts] as Parameters<LogFn>;
  return line(hideInFields(first), (first as { readonly err?: unknown }).err, texts);
}

function line(fields: object, error: unknown, [message, ...rest]: readonly unknown[]): Parameters<LogFn> {
  const said = message ?? (error === undefined || error === null ? undefined : asFailure(error).message);
  return [fields, said, ...rest] as Parameters<LogFn>;
}

/** What has a serializer is its matter; pino-http has one of an answer. */
function hideInFields(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      Object.hasOwn(SERIALIZERS, name) || name === 'res' ? value : hideErrors(value),
    ]),
  );
}

function describeRequest({ id, method, remoteAddress }: Readonly<Record<string, unknown>>) {
  return { id, method, remoteAddress };
}
