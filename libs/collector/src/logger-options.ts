import { asFailure, Unprintable } from '@das/pipeline';
import type { LogFn } from 'pino';
import type { Options } from 'pino-http';
import { describeError } from './describe-error';

/** How a collector logs: JSON lines that repeat nothing of a request but its kind, and nothing that an error says. */
export function loggerOptions(level: string, base: Readonly<Record<string, string>>): Options {
  return {
    level,
    base,
    autoLogging: false,
    // A line that is written during a request has the request: without its headers, which hold a token.
    serializers: { req: describeRequest, err: describeError },
    formatters: { level: (name) => ({ level: name }) },
    hooks: {
      logMethod(args, log) {
        log.apply(this, safe(args));
      },
    },
  };
}

/** pino takes an error's message for the line's own, and what it is given first apart into its fields. */
function safe(args: readonly unknown[]): Parameters<LogFn> {
  const [first, message, ...rest] = args;
  const error = first instanceof Error ? first : (first as { readonly err?: unknown } | null)?.err;
  const fields = first instanceof Error ? { err: first } : first instanceof Unprintable ? {} : first;
  const text = message ?? (error instanceof Error ? asFailure(error).message : undefined);
  return [fields, text, ...rest] as Parameters<LogFn>;
}

function describeRequest({ id, method, remoteAddress }: Readonly<Record<string, unknown>>) {
  return { id, method, remoteAddress };
}
