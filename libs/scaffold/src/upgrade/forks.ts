import type { Draft } from '../draft';
import { ScaffoldError } from '../scaffold-error';
import { referenceApp } from '../template/reference';
import { renderer } from '../template/rendering';
import { CONFLICT_MARK } from './merge-text';
import { readRecord, RECORD_FILE, type TemplateRecord } from './record';

const APPS = 'apps';

/** A collector that was made from the reference. */
export interface Fork {
  /** `apps/shipments-events-collector` */
  readonly folder: string;
  readonly app: string;
  readonly record: TemplateRecord;
  /** Its files as they would be made today. */
  readonly template: ReadonlyMap<string, string>;
  /** Of those the ones that the reference has changed, added or given up since. */
  readonly behind: readonly string[];
  /** Of its files those in which an upgrade has left two versions, for a person to decide. */
  readonly undecided: readonly string[];
}

export interface Fleet {
  readonly forks: readonly Fork[];
  /** Collectors without a record: nobody keeps them up to date. */
  readonly strangers: readonly string[];
}

/** Every collector of the repository, and how far it is behind. @throws ScaffoldError for a record that is none, or no template */
export function findForks(draft: Draft): Fleet {
  const apps = draft.list(APPS).filter((app) => app.endsWith('-collector') && app !== 'reference-collector');
  const reference = referenceApp(draft);
  const isFork = (app: string): boolean => draft.has(`${APPS}/${app}/${RECORD_FILE}`);
  return {
    forks: apps.filter(isFork).map((app) => readFork(draft, app, reference)),
    strangers: apps.filter((app) => !isFork(app)),
  };
}

/** @throws ScaffoldError naming those that exist */
export function chosenForks({ forks, strangers }: Fleet, names: readonly string[]): readonly Fork[] {
  for (const name of names) {
    if (strangers.includes(name))
      throw new ScaffoldError(
        `${name} does not say what it was made from: das collector adopt ${name} lets it begin with the template of today`,
      );
    if (!forks.some(({ app }) => app === name))
      throw new ScaffoldError(`no such collector: ${forks.map(({ app }) => app).join(', ') || 'none'} exist`);
  }
  return names.length === 0 ? forks : forks.filter(({ app }) => names.includes(app));
}

function readFork(draft: Draft, app: string, reference: ReadonlyMap<string, string>): Fork {
  const folder = `${APPS}/${app}`;
  const path = `${folder}/${RECORD_FILE}`;
  const record = readRecord(path, draft.read(path));
  const render = renderer(record.names);
  const template = new Map([...reference].map(([file, text]) => [file, render(text)] as const));
  const files = new Set([...template.keys(), ...Object.keys(record.files)]);
  const behind = [...files].filter((file) => template.get(file) !== record.files[file]).sort();
  const undecided = [...template.keys()].filter((file) => {
    const own = `${folder}/${file}`;
    return draft.has(own) && CONFLICT_MARK.test(draft.read(own));
  });
  return { folder, app, record, template, behind, undecided };
}
