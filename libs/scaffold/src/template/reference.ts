import type { Draft } from '../draft';

/** Where the collector is that others are made from; it is built and tested as they are. */
const REFERENCE = 'apps/reference-collector';
/** Beside the app: its contract and its models, which a domain keeps elsewhere. */
const BESIDE = ['contracts', 'dbt', 'sql', 'node_modules'];

/** The files of a collector, by their path in its folder, as the reference has them now. */
export function referenceApp(draft: Draft): ReadonlyMap<string, string> {
  const paths = draft.files(REFERENCE).filter((path) => !BESIDE.includes(path.split('/')[0] ?? ''));
  return new Map(paths.map((path) => [path, draft.read(`${REFERENCE}/${path}`)]));
}

/** A file of the reference beside its app: a contract, a model. @param path - in its folder, as in the repository */
export function referenceFile(draft: Draft, path: string): string {
  return draft.read(`${REFERENCE}/${path}`);
}
