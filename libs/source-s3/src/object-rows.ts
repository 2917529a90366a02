import type { Bucket, ObjectHead } from './aws/bucket';
import { CsvCutter } from './formats/csv-cutter';
import { LineCutter, type Line } from './formats/line-cutter';
import { parquetRows } from './formats/parquet-rows';
import { textRows } from './formats/text-rows';
import type { ObjectFormat } from './object-format';
import type { ObjectRef } from './object-ref';

/** Values that stand one after another in an object. */
export interface Rows {
  /** The number of the line before the first of them. */
  readonly after: number;
  readonly values: readonly Line[];
  readonly takenMs: number;
}

/**
 * The values of an object, some of the first `skip` lines among them: a text can only be read from its beginning.
 * @throws ObjectGone
 * @throws Failure data where the object is at fault, transient and setup where it cannot be had now
 */
export async function* objectRows(
  bucket: Bucket,
  object: ObjectRef,
  format: ObjectFormat,
  { skip, signal }: { readonly skip: number; readonly signal: AbortSignal },
): AsyncGenerator<Rows> {
  if (format === 'parquet') {
    const head = await bucket.head(object);
    const read = async (start: number, end: number) => bucket.piece(object, start, end);
    yield* numbered(parquetRows({ length: head.length, read }, skip), skip, head);
    return;
  }
  const content = await bucket.open(object, signal);
  const cutter = format === 'csv' ? new CsvCutter() : new LineCutter();
  yield* numbered(textRows(content, cutter), 0, content);
}

async function* numbered(
  batches: AsyncGenerator<readonly Line[]>,
  from: number,
  { takenMs }: ObjectHead,
): AsyncGenerator<Rows> {
  let after = from;
  for await (const values of batches) {
    yield { after, values, takenMs };
    after += values.length;
  }
}
