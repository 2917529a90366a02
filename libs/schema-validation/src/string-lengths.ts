import { _, type KeywordCxt } from 'ajv';
import type Ajv from 'ajv/dist/2020';

/**
 * `minLength` and `maxLength` without counting where the number of UTF-16 units tells already: a string has at most
 * as many code points, and at least half as many. The library counts the code points of every string, which was
 * a fifth of an event's validation (docs/performance.md).
 */
export function addStringLengths(ajv: Ajv): void {
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
