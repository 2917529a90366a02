export { createKafkaSource } from './kafka-source';
export type { KafkaSourceOptions } from './options';
