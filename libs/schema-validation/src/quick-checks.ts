import { _, type KeywordCxt } from 'ajv';
import type Ajv from 'ajv/dist/2020';

/** UTC, on a day that every month has: what nearly every event holds. */
const USUAL_DATE_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

/**
 * Answers the usual cases of what costs most in checking an event, and leaves every other case to the library:
 * the verdict is the same. The four expressions that the library runs on a date-time, and its count of code points
 * in every string, were half the cost of validation (docs/performance.md).
 */
export function addQuickChecks(ajv: Ajv): void {
  const dateTime = ajv.formats['date-time'];
  if (typeof dateTime !== 'object' || !('validate' in dateTime) || typeof dateTime.validate !== 'function')
    throw new Error('the library has no check of date-times to fall back on');
  const full = dateTime.validate as (text: string) => boolean;
  ajv.addFormat('date-time', (text: string) => USUAL_DATE_TIME.test(text) || full(text));

  // A string has at most as many code points as UTF-16 units, and at least half as many.
  addLength(
    ajv,
    'maxLength',
    (units, limit) => units > limit,
    (points, limit) => points > limit,
  );
  addLength(
    ajv,
    'minLength',
    (units, limit) => units < 2 * limit,
    (points, limit) => points < limit,
  );
}

type Comparison = (count: number, limit: number) => boolean;

function addLength(
  ajv: Ajv,
  keyword: 'maxLength' | 'minLength',
  mayFail: Comparison,
  fails: Comparison,
): void {
  ajv.removeKeyword(keyword);
  ajv.addKeyword({
    keyword,
    type: 'string',
    schemaType: 'number',
    error: { message: keyword, params: ({ schemaCode }) => _`{limit: ${schemaCode}}` },
    code(context: KeywordCxt) {
      const limit = context.schema as number;
      const { data, gen } = context;
      const check = (text: string): boolean => mayFail(text.length, limit) && fails(codePoints(text), limit);
      context.fail(_`${gen.scopeValue('func', { ref: check })}(${data})`);
    },
  });
}

function codePoints(text: string): number {
  let count = 0;
  for (const point of text) if (point !== '') count++;
  return count;
}
