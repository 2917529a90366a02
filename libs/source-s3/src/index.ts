export { createCsvDecoder } from './formats/csv-decoder';
export type { ObjectOutcome, S3SourceObserver, S3SourceOptions } from './options';
export { createS3Source } from './s3-source';
