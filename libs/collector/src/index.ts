export { CollectorModule } from './collector.module';
export type { CollectorDeclaration } from './declaration';
export { stepsOf } from './create-ingest';
export { runCollector } from './run-collector';
