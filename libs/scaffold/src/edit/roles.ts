import { parse } from 'yaml';
import { z } from 'zod';
import type { Draft } from '../draft';
import type { DomainNames, StreamNames } from '../names';
import { ScaffoldError } from '../scaffold-error';
import { addToList, addToMap } from './yaml-insert';

const ROLES = 'contracts/roles.yaml';
const ACCOUNT = 'contracts/account.yaml';
const BOTH = ['production', 'development'] as const;

/** Who answers for a domain, and who reads its products. */
export function addDomainRoles(draft: Draft, { domain, short }: DomainNames): void {
  const [steward, analyst] = domainRoles(short);
  addRole(draft, steward, [
    'kind: steward',
    `description: Answers for the contracts of ${short}; reads its dead letters and its service levels.`,
    `domains: [${domain}]`,
    'tiers: [OPS]',
  ]);
  addRole(draft, analyst, [
    'kind: functional',
    `description: Analyses ${short}, with masks.`,
    "regions: ['*']",
  ]);
  draft.edit(ACCOUNT, (text) => addToList(text, ['warehouses', 'SERVE_WH', 'users'], steward));
}

/** @throws ScaffoldError where the roles are another domain's, such as of another tenant */
export function refuseTakenRoles(draft: Draft, { domain, short }: DomainNames): void {
  const there = rolesOf(draft);
  const taken = domainRoles(short).find((role) => there.includes(role));
  if (taken !== undefined)
    throw new ScaffoldError(`${ROLES} has a role ${taken} already: choose another name than ${domain}`);
}

export function domainRoles(short: string): readonly [steward: string, analyst: string] {
  const name = short.toUpperCase();
  return [`DOMAIN_STEWARD_${name}`, `ANALYST_${name}`];
}

/** The role that appends to a stream, and the service that holds it. */
export function addCollectorRole(draft: Draft, { stream, app }: StreamNames): void {
  const role = `COLLECTOR_${stream.toUpperCase()}`;
  addRole(draft, role, [
    'kind: service',
    `description: Appends to the stream ${stream}, and reads nothing.`,
    `collects: ${stream}`,
  ]);
  const service = app.replaceAll('-', '_').toUpperCase();
  draft.edit(ACCOUNT, (text) =>
    addToMap(text, ['services'], service, `{ role: ${role}, network: collectors }`),
  );
}

/** A role that is new reads nothing that is there, and every table's expectations say so. */
function addRole(draft: Draft, role: string, lines: readonly string[]): void {
  draft.edit(ROLES, (text) =>
    addToMap(text, ['roles'], role, `\n${lines.map((line) => `  ${line}`).join('\n')}`),
  );
  for (const file of expectationFiles(draft)) draft.edit(file, (text) => expectDenied(text, role));
}

const roles = z.looseObject({ roles: z.record(z.string(), z.unknown()) });

/** The names of all roles. @throws ScaffoldError */
export function rolesOf(draft: Draft): readonly string[] {
  const read = roles.safeParse(draft.yaml(ROLES));
  if (!read.success) throw new ScaffoldError(`${ROLES} has no roles: take it back from version control`);
  return Object.keys(read.data.roles);
}

export function expectationFiles(draft: Draft): readonly string[] {
  return draft
    .list('contracts')
    .flatMap((domain) =>
      draft
        .list(`contracts/${domain}/expectations`)
        .map((file) => `contracts/${domain}/expectations/${file}`),
    )
    .filter((path) => path.endsWith('.yaml'));
}

const expectations = z.looseObject({
  expect: z.array(
    z.looseObject({ roles: z.array(z.string()), environments: z.array(z.string()), sees: z.unknown() }),
  ),
});

/** The group of those who may not read the table; a file that has none of both environments gets one. */
export function expectDenied(text: string, role: string): string {
  const read = expectations.safeParse(parse(text));
  if (!read.success) throw new ScaffoldError('its expect is no list of {roles, environments, sees}');
  const { expect } = read.data;
  if (expect.some(({ roles }) => roles.includes(role))) return text;
  const at = expect.findIndex(
    ({ sees, environments }) => sees === 'denied' && BOTH.every((each) => environments.includes(each)),
  );
  if (at >= 0) return addToList(text, ['expect', at, 'roles'], role);
  return `${text.trimEnd()}\n\n  - roles: [${role}]\n    environments: [production, development]\n    sees: denied\n`;
}
