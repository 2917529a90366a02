import type { Draft } from '../draft';

/** Where the collector is that others are made from; it is built and tested as they are. */
const REFERENCE = 'apps/reference-collector';
/** What makes a fork; the reference has its contract and its models beside them, which a domain keeps elsewhere. */
const APP_FILES = [
  'README.md',
  'package.json',
  'tsconfig.app.json',
  'src/app.module.ts',
  'src/collector.spec.ts',
  'src/collector.ts',
  'src/main.ts',
] as const;

/** The files of a collector, by their path in its folder, as the reference has them now. */
export function referenceApp(draft: Draft): ReadonlyMap<string, string> {
  return new Map(APP_FILES.map((path) => [path, draft.read(`${REFERENCE}/${path}`)]));
}

/** A file of the reference beside its app: a contract, a model. @param path - in its folder, as in the repository */
export function referenceFile(draft: Draft, path: string): string {
  return draft.read(`${REFERENCE}/${path}`);
}
