import type { Draft } from '../draft';
import { ScaffoldError } from '../scaffold-error';
import { namesOfContract } from '../template/names-of-contract';
import { referenceApp } from '../template/reference';
import { renderer } from '../template/rendering';
import { RECORD_FILE, writeRecord } from './record';

/**
 * Gives a collector that has no record one, as if it had been made from the reference of today: what it says otherwise counts
 * as changed in it. Its files stay as they are; those that it lacks are added.
 * @throws ScaffoldError where there is no such collector, it has a record, or there is no contract of its stream
 */
export function adoptCollector(draft: Draft, app: string): void {
  const folder = `apps/${app}`;
  if (!app.endsWith('-collector') || !draft.has(`${folder}/package.json`))
    throw new ScaffoldError(`${folder} is no collector: das collector check lists those that are`);
  const names = namesOfContract(draft, contractOf(draft, app));
  const render = renderer(names);
  const files = [...referenceApp(draft)].map(([path, text]) => [path, render(text)] as const);
  draft.add(`${folder}/${RECORD_FILE}`, writeRecord({ names, files: Object.fromEntries(files) }));
  for (const [path, text] of files) if (!draft.has(`${folder}/${path}`)) draft.add(`${folder}/${path}`, text);
}

/** A collector is called after its stream. */
function contractOf(draft: Draft, app: string): string {
  const file = `${app.replace(/-collector$/, '').replaceAll('-', '_')}_v1.odcs.yaml`;
  const path = draft
    .list('contracts')
    .map((domain) => `contracts/${domain}/${file}`)
    .find((one) => draft.has(one));
  if (path !== undefined) return path;
  throw new ScaffoldError(`no domain has a contract ${file}, after which ${app} is called`);
}
