import { z } from 'zod';
import { Draft } from '../draft';
import { ScaffoldError } from '../scaffold-error';

/** Where the collector is that others are made from; it is built and tested as they are. */
const REFERENCE = 'apps/reference-collector';
/** Beside the app: its contract and its models, which a domain keeps elsewhere. */
const BESIDE = ['contracts', 'dbt', 'sql', 'node_modules'];

/** The files of a collector, by their path in its folder, as the reference has them now. @throws ScaffoldError for none */
export function referenceApp(draft: Draft): ReadonlyMap<string, string> {
  const paths = draft.files(REFERENCE).filter((path) => !BESIDE.includes(path.split('/')[0] ?? ''));
  if (paths.length === 0)
    throw new ScaffoldError(`${REFERENCE} is not in ${draft.root}: name the repository's root with --root`);
  return new Map(paths.map((path) => [path, referenceFile(draft, path)]));
}

/** A file of the reference, with line ends as git keeps them. @param path - in its folder, as in the repository */
export function referenceFile(draft: Draft, path: string): string {
  return draft.read(`${REFERENCE}/${path}`).replaceAll('\r\n', '\n');
}

/** Of the template in a repository; undefined where there is none. */
export function templateVersion(root: string): string | undefined {
  const draft = new Draft(root);
  const path = `${REFERENCE}/package.json`;
  if (!draft.has(path)) return undefined;
  const read = z.object({ das: z.object({ template: z.string() }) }).safeParse(JSON.parse(draft.read(path)));
  return read.data?.das.template;
}
