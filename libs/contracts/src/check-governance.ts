import type { Fault, Path } from './finding';
import { customValue, type OdcsProperty } from './odcs';
import { phiKind } from './protected-properties';
import { CLASSIFICATIONS, PHI_KINDS } from './stream-contract';

/** Kinds that have a coarser form which says less of one person. */
const GENERALIZES: readonly string[] = ['date_of_birth', 'postal_code', 'ip', 'diagnosis', 'procedure'];

/** What a masked form can be made of: what landed must still hold it. */
const MASK_NEEDS: Readonly<Record<string, readonly string[]>> = {
  domain: ['clear'],
  last2: ['clear'],
  initials: ['clear'],
  year: ['clear', 'generalize'],
  region: ['clear', 'generalize'],
  chapter: ['clear', 'generalize'],
  token: ['tokenize'],
  nothing: ['clear', 'tokenize', 'redact', 'encrypt', 'generalize'],
};

/** That a property, and everything in it, says how it is protected, and that what it says is possible. */
export function checkGovernance(property: OdcsProperty, path: Path): Fault[] {
  const { logicalType, properties = [], items } = property;
  const children =
    items === undefined
      ? properties.map((child, index) => ({ child, at: [...path, 'properties', index] }))
      : [{ child: items, at: [...path, 'items'] }];
  const faults = [...checkShape(property, path)];
  // A container is read through its parts, which say for themselves how they are protected.
  if (logicalType !== 'object' && logicalType !== 'array') faults.push(...checkProtection(property, path));
  for (const { child, at } of children) {
    if (rank(child) > rank(property)) {
      faults.push({
        path: at,
        message: `is ${child.classification}, which is above the ${property.classification} of what holds it: raise that`,
      });
    }
    faults.push(...checkGovernance(child, at));
  }
  return faults;
}

function checkShape({ logicalType, properties, items }: OdcsProperty, path: Path): Fault[] {
  if (logicalType === 'object' && properties === undefined)
    return [{ path, message: 'is an object and must list its properties' }];
  if (logicalType === 'array' && items === undefined)
    return [{ path, message: 'is an array and must say what its items are' }];
  return [];
}

function checkProtection(property: OdcsProperty, path: Path): Fault[] {
  const { classification, tags = [] } = property;
  const faults: Fault[] = [];
  const fault = (message: string): void => void faults.push({ path, message });
  const protect = customValue(property, 'das.protect');
  const mask = customValue(property, 'das.mask');
  const isSensitive = classification === 'pii' || classification === 'phi';
  if (isSensitive) {
    if (protect === undefined)
      fault(`is ${classification} and needs das.protect: clear, tokenize, redact, encrypt or generalize`);
    if (protect === 'clear' && mask === undefined)
      fault(
        `is ${classification} and lands clear, so it needs das.mask: ${Object.keys(MASK_NEEDS).join(', ')}`,
      );
    if (protect === 'clear' && customValue(property, 'das.clearFor') === undefined)
      fault(
        `is ${classification} and lands clear, so it needs das.clearFor: the roles that see it so ([]: nobody)`,
      );
  }
  const kinds = tags.filter((tag) => tag.startsWith('phi:'));
  const kind = phiKind(property);
  if (kinds.length > 1 || (kinds.length === 1 && kind === undefined))
    fault(
      `has the tags ${kinds.join(', ')}: give one of ${PHI_KINDS.map((known) => `phi:${known}`).join(', ')}`,
    );
  else if (kind === undefined && (isSensitive || (protect !== undefined && protect !== 'clear')))
    fault(
      `is ${isSensitive ? classification : 'protected'} and needs a tag that names its kind, such as phi:email`,
    );
  if (protect === 'generalize' && kind !== undefined && !GENERALIZES.includes(kind))
    fault(`phi:${kind} has no coarser form: generalize takes ${GENERALIZES.join(', ')}`);
  if (kind === undefined && customValue(property, 'das.link') !== undefined)
    fault('has das.link and no tag that names its kind: only what identifies a person links');
  const lands = typeof protect === 'string' ? protect : 'clear';
  const needs = typeof mask === 'string' ? (MASK_NEEDS[mask] ?? []) : [lands];
  if (!needs.includes(lands))
    fault(`das.mask cannot be made of what das.protect ${lands} lands: it needs ${needs.join(' or ')}`);
  return faults;
}

function rank({ classification }: OdcsProperty): number {
  return CLASSIFICATIONS.indexOf(classification);
}
