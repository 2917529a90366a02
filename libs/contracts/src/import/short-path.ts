import type { Path } from '../finding';

/** Where in the short form a custom property of the contract comes from. */
const CUSTOM: Readonly<Record<string, Path>> = {
  'das.collector': ['collectors', 0],
  'das.product': ['lineage', 'archetype'],
  'das.purposes': ['security_controls', 'purposes'],
  'das.slo': ['quality_slo'],
  'das.lineage': ['lineage'],
  'das.cost': ['cost'],
  'das.replaces': ['deprecation', 'replaces'],
};
const ROOT: Readonly<Record<string, Path>> = {
  slaProperties: ['quality_slo'],
  roles: ['security_controls', 'readers'],
  servers: ['domain_database'],
  version: ['version'],
  name: ['name'],
};

interface Customised {
  readonly customProperties: readonly { readonly property: string }[];
}

/** The place in the short form that a place in the contract was made from. */
export function shortPath(path: Path, draft: Customised): Path {
  const [root, index, ...rest] = path;
  if (root === 'customProperties') {
    const property = draft.customProperties[Number(index)]?.property;
    const at = CUSTOM[property ?? ''] ?? [];
    return property === 'das.lineage' ? [...at, ...rest.slice(1)] : at;
  }
  if (root === 'schema' && index !== undefined) return ['schemas', index, ...columnPath(rest)];
  return ROOT[String(root)] ?? [];
}

function columnPath(path: Path): Path {
  const [kind, index, ...rest] = path;
  if (kind === 'properties' && index !== undefined) return ['columns', index, ...columnPath(rest)];
  if (kind === 'items') return ['items', ...columnPath(path.slice(1))];
  if (kind === 'transformSourceObjects') return ['source'];
  return kind === 'relationships' ? ['references'] : [];
}
