export { createKinesisSource } from './kinesis-source';
export type { KinesisSourceOptions } from './options';
