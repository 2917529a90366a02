import { asFailure } from '@das/pipeline';

/** What a log says of an error, whoever logs it: a foreign one's class and places, never what it says or holds. */
export function describeError({ raw }: { readonly raw?: unknown }) {
  const { kind, code, message, cure, places } = asFailure(raw);
  return { kind, code, message, cure, at: places };
}
