import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { textHash } from './text-hash';

const keys = fc.uint8Array({ minLength: 1, maxLength: 64 });
const texts = fc.string({ unit: 'binary', maxLength: 200 });

it('is what createHmac makes, of any key and text, in any order', () => {
  fc.assert(
    fc.property(keys, keys, fc.array(texts, { minLength: 1, maxLength: 5 }), (one, other, several) => {
      for (const text of [...several, '', 'ä'.repeat(3_000), ...several])
        for (const key of [one, other])
          expect(textHash(key, text)).toBe(createHmac('sha256', key).update(text).digest('base64url'));
    }),
  );
});
