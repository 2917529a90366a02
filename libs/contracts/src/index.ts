export * from './stream-contract';
