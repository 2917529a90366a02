import type { Draft } from '../draft';
import { addOwners, ownersOf, platformOwner } from '../edit/code-owners';
import { addComposeService } from '../edit/compose';
import { addNestProject } from '../edit/nest-cli';
import { attachDatabase } from '../edit/profiles';
import { addCollectorRole } from '../edit/roles';
import { domainNames, snakeName, streamNames, type SourceKind, type StreamNames } from '../names';
import { RECORD_FILE, writeRecord } from '../upgrade/record';
import { referenceApp, referenceFile } from '../template/reference';
import { renderer, type RenderNames } from '../template/rendering';
import { ScaffoldError } from '../scaffold-error';
import { readDefaults } from './domain-defaults';
import { logName, withSource } from './source-place';
import { refuseTakenModel } from './taken-model';

export interface NewCollector {
  /** `shipments`, or a whole stream such as `claims_files_v1`. */
  readonly stream: string;
  readonly domain: string;
  readonly source: SourceKind;
  /** The topic, the Kinesis stream, or `bucket/prefix/`. */
  readonly from?: string;
  /** Which entity an event is of; default: `<entity>_id`. */
  readonly key?: string;
}

/**
 * A stream: its contract, its collector, its SILVER table, who may append to it, and their tests.
 * @throws ScaffoldError where a name is taken or is none, or the domain is not there
 */
export function newCollector(draft: Draft, asked: NewCollector): StreamNames {
  const domain = domainNames(asked.domain);
  const stream = streamNames(asked.stream, asked.source);
  const log = logName({ kind: asked.source, ...(asked.from !== undefined && { from: asked.from }) }, stream);
  const names: RenderNames = {
    domain,
    stream,
    key: keyOf(asked, stream),
    log,
    product: stream.stem,
    defaults: readDefaults(draft, domain.domain),
  };
  const render = renderer(names);
  addApp(draft, names, render);
  const contract = referenceFile(draft, 'contracts/brook_reference/widgets_events_v1.odcs.yaml');
  const text = render(withSource(contract, asked.source, log));
  refuseTakenKey(text, names.key);
  draft.add(`contracts/${domain.domain}/${stream.stream}.odcs.yaml`, text);
  refuseTakenModel(draft, stream.base);
  draft.add(render(UNIT_TESTS), render(referenceFile(draft, UNIT_TESTS)));
  addCollectorRole(draft, stream);
  draft.edit('nest-cli.json', (text) => addNestProject(text, stream.app));
  draft.edit('docker-compose.yml', (text) => addComposeService(text, stream.app, asked.source, log));
  draft.edit('dbt/profiles.yml', (text) => attachDatabase(text, domain.domain.toUpperCase()));
  draft.edit('CODEOWNERS', (text) =>
    addOwners(text, [`/apps/${stream.app}/`], ownersOf(text, domain.domain) ?? platformOwner(text)),
  );
  return stream;
}

/** @throws ScaffoldError */
function keyOf({ key }: NewCollector, { entity }: StreamNames): string {
  return snakeName(key ?? `${entity}_id`, 'a property, such as shipment_id (--key)');
}

/** What every stream has, such as event_id, tells no entity. @throws ScaffoldError */
function refuseTakenKey(contract: string, key: string): void {
  if (contract.split(`      - name: ${key}\n`).length > 2)
    throw new ScaffoldError(`every stream has a property ${key}: name the entity's with --key`);
}

/** The model itself is generated. */
const UNIT_TESTS = 'dbt/models/brook_reference/silver/widgets_events_unit_tests.yml';

function addApp(draft: Draft, names: RenderNames, render: (text: string) => string): void {
  const folder = `apps/${names.stream.app}`;
  const files = [...referenceApp(draft)].map(([path, text]) => [path, render(text)] as const);
  for (const [path, text] of files) draft.add(`${folder}/${path}`, text);
  draft.add(`${folder}/${RECORD_FILE}`, writeRecord({ names, files: Object.fromEntries(files) }));
}
