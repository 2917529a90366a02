import { compareCollector } from './compare-collector';
import { compareRest, type Side } from './compare-column';
import { comparePromises, compareReaders } from './compare-promises';
import { compareUnknown } from './compare-protection';
import { compareShares } from './compare-shares';
import { compareTables } from './compare-table';
import { told, type Report } from './diff-finding';
import { isPersonal } from './is-personal';
import { byName, custom, rawOf, same, textsOf, type Raw } from './raw';

const KNOWN = new Set([
  'apiVersion',
  'kind',
  'id',
  'name',
  'version',
  'status',
  'domain',
  'dataProduct',
  'schema',
  'roles',
  'team',
  'slaProperties',
  'slaDefaultElement',
  'customProperties',
  'price',
  'servers',
  'description',
  'tags',
  'support',
  'tenant',
  'contractCreatedTs',
  'authoritativeDefinitions',
]);
const CUSTOM = [
  'das.collector',
  'das.product',
  'das.purposes',
  'das.slo',
  'das.lineage',
  'das.cost',
  'das.consumers',
  'das.shares',
  'das.replaces',
];

/** Two states of one contract. */
export function compareContract(base: Raw, head: Raw, report: Report): void {
  const side: Side = custom(head, 'das.collector') === undefined ? 'product' : 'stream';
  for (const key of ['id', 'name', 'domain', 'dataProduct'])
    if (!same(base[key], head[key]))
      report('CONSUMER_IDENTITY_CHANGED', key, `${told(base[key])} became ${told(head[key])}`);
  for (const key of ['apiVersion', 'kind'])
    if (!same(base[key], head[key]))
      report('CONSUMER_OTHER_CHANGED', key, `${told(base[key])} became ${told(head[key])}`);
  if (isLower(String(head.version), String(base.version)))
    report('CONSUMER_VERSION_LOWERED', 'version', `${told(base.version)} became ${told(head.version)}`);
  compareStatus(String(base.status), String(head.status), report);
  compareServers(base, head, report);
  compareTables(base, head, side, report);
  compareReaders(base, head, report);
  compareShares(base, head, report);
  comparePromises(base, head, isPersonal(base) || isPersonal(head), report);
  if (custom(base, 'das.collector') === undefined ? side === 'stream' : side === 'product')
    report('CONSUMER_IDENTITY_CHANGED', 'das.collector', 'a stream and a data product are not the same');
  else if (side === 'stream')
    compareCollector(rawOf(custom(base, 'das.collector')), rawOf(custom(head, 'das.collector')), report);
  else compareProduct(rawOf(custom(base, 'das.product')), rawOf(custom(head, 'das.product')), report);
  const inputs = (contract: Raw): unknown =>
    textsOf(rawOf(custom(contract, 'das.lineage')).inputs).toSorted();
  const outputs = (contract: Raw): unknown =>
    textsOf(rawOf(custom(contract, 'das.lineage')).outputs).toSorted();
  if (!same(inputs(base), inputs(head)) || !same(outputs(base), outputs(head)))
    report('CONSUMER_LINEAGE_CHANGED', 'das.lineage', 'changed');
  if (!same(custom(base, 'das.replaces'), custom(head, 'das.replaces')))
    report('CONSUMER_STATUS_CHANGED', 'das.replaces', 'changed');
  for (const key of [
    'description',
    'tags',
    'support',
    'tenant',
    'contractCreatedTs',
    'authoritativeDefinitions',
    'slaDefaultElement',
  ])
    if (!same(base[key], head[key])) report('CONSUMER_TEXT_CHANGED', key, 'changed');
  compareUnknown(base, head, CUSTOM, '', report);
  compareRest(base, head, KNOWN, '', report);
}

const SERVED = ['active', 'deprecated'];

function compareStatus(before: string, after: string, report: Report): void {
  if (before === after) return;
  const withdrawn = SERVED.includes(before) && !SERVED.includes(after);
  report(
    withdrawn ? 'CONSUMER_STATUS_WITHDRAWN' : 'CONSUMER_STATUS_CHANGED',
    'status',
    `${before} became ${after}`,
  );
}

function compareServers(base: Raw, head: Raw, report: Report): void {
  const [before, after] = [byName(base.servers, 'server'), byName(head.servers, 'server')];
  for (const [name, server] of before) {
    const now = after.get(name);
    const path = `servers.${name}`;
    if (now === undefined) report('CONSUMER_STREAM_CHANGED', path, 'is gone');
    else if (!same({ ...server, description: '' }, { ...now, description: '' }))
      report(
        server.type === 'snowflake' ? 'STORAGE_TABLE_MOVED' : 'CONSUMER_STREAM_CHANGED',
        path,
        `${told(server)} became ${told(now)}`,
      );
  }
  for (const [name] of after)
    if (!before.has(name)) report('CONSUMER_LINEAGE_CHANGED', `servers.${name}`, 'is new');
}

function compareProduct(base: Raw, head: Raw, report: Report): void {
  if (!same(base.archetype, head.archetype))
    report(
      'CONSUMER_LINEAGE_CHANGED',
      'das.product',
      `${told(base.archetype)} became ${told(head.archetype)}`,
    );
  if (!same(base.targetLag, head.targetLag))
    report(
      'STORAGE_REFRESH_CHANGED',
      'das.product',
      `targetLag: ${told(base.targetLag)} became ${told(head.targetLag)}`,
    );
  compareRest(base, head, new Set(['archetype', 'targetLag']), 'das.product', report);
}

/** Whether a semantic version comes before another one. */
export function isLower(version: string, than: string): boolean {
  const parts = (text: string): readonly number[] => text.split('.').map(Number);
  const [a, b] = [parts(version), parts(than)];
  for (const index of [0, 1, 2]) {
    const [left = 0, right = 0] = [a[index], b[index]];
    if (left !== right) return left < right;
  }
  return false;
}
