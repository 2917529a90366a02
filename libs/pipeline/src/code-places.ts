/** A frame's place in a file; what was called may have been named by data, and is left out. */
const FRAME = /^ {4}at (?:.*\()?((?:file:\/\/\/|node:|\/|[A-Za-z]:\\)[^()\n]+:\d+:\d+)\)?$/;
const MOST = 20;

/**
 * Where in the code an error began: `<file>:<line>:<column>`, innermost first. Safe to log, as it repeats nothing
 * that the error says: its message may quote a record. Empty where frames cannot be told from the message.
 */
export function codePlaces(thrown: unknown): readonly string[] {
  if (!(thrown instanceof Error)) return [];
  // Anything can be written over either.
  const { stack, message } = thrown as { readonly stack?: unknown; readonly message?: unknown };
  if (typeof stack !== 'string' || typeof message !== 'string') return [];
  const start = stack.indexOf(message);
  if (start < 0) return [];
  // A message of several lines could hold what looks like a frame.
  const frames = stack.slice(start + message.length).split('\n');
  return frames.flatMap((frame) => FRAME.exec(frame)?.slice(1, 2) ?? []).slice(0, MOST);
}
