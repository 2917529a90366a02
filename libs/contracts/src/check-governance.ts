import { customIndex, customValue } from './das-properties';
import type { Fault, Path } from './finding';
import type { OdcsProperty } from './odcs';
import { allProperties } from './property-path';
import { phiKind } from './protected-properties';
import { CLASSIFICATIONS, PHI_KINDS, type MaskForm, type Protection } from './stream-contract';

/** Kinds that have a coarser form which says less of one person. */
const GENERALIZES: readonly string[] = ['date_of_birth', 'postal_code', 'ip', 'diagnosis', 'procedure'];

/** What is said of a value, and means nothing of a container. */
const OF_LEAVES = ['das.protect', 'das.mask', 'das.clearFor', 'das.link'] as const;

/** What a masked form can be made of: what landed must still hold it. */
const MASK_NEEDS: Readonly<Record<MaskForm, readonly Protection[]>> = {
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
  const { properties = [], items } = property;
  const children =
    items === undefined
      ? properties.map((child, index) => ({ child, at: [...path, 'properties', index] }))
      : [{ child: items, at: [...path, 'items'] }];
  const faults = [...checkShape(property, path)];
  // A container is read through its parts, which say for themselves how they are protected.
  if (isContainer(property)) faults.push(...checkContainer(property, path));
  else faults.push(...checkProtection(property, path), ...checkLink(property, path));
  for (const { child, at } of children) {
    if (classRank(child) > classRank(property)) {
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
  const { classification } = property;
  const faults: Fault[] = [];
  const fault = (message: string): void => void faults.push({ path, message });
  const protect = customValue(property, 'das.protect');
  const mask = customValue(property, 'das.mask');
  if (isSensitive(property)) {
    if (customIndex(property, 'das.protect') < 0)
      fault(`is ${classification} and needs das.protect: clear, tokenize, redact, encrypt or generalize`);
    if (protect === 'clear' && customIndex(property, 'das.mask') < 0)
      fault(
        `is ${classification} and lands clear, so it needs das.mask: ${Object.keys(MASK_NEEDS).join(', ')}`,
      );
    if (protect === 'clear' && customIndex(property, 'das.clearFor') < 0)
      fault(
        `is ${classification} and lands clear, so it needs das.clearFor: the roles that see it so ([]: nobody)`,
      );
  }
  const kind = phiKind(property);
  faults.push(...checkKindTags(property, path));
  if (!hasKindTag(property) && (isSensitive(property) || (protect !== undefined && protect !== 'clear')))
    fault(
      `is ${isSensitive(property) ? classification : 'protected'} and needs a tag that names its kind, such as phi:email`,
    );
  if (protect === 'generalize' && kind !== undefined && !GENERALIZES.includes(kind))
    fault(`phi:${kind} has no coarser form: generalize takes ${GENERALIZES.join(', ')}`);
  const lands = protect ?? 'clear';
  const needs = mask === undefined ? [lands] : MASK_NEEDS[mask];
  if (!needs.includes(lands))
    fault(`das.mask cannot be made of what das.protect ${lands} lands: it needs ${needs.join(' or ')}`);
  return faults;
}

/** That a property names one kind of PHI, and one that is known. */
export function checkKindTags(property: OdcsProperty, path: Path): Fault[] {
  const kinds = kindTags(property);
  if (kinds.length === 0 || (kinds.length === 1 && phiKind(property) !== undefined)) return [];
  const known = PHI_KINDS.map((kind) => `phi:${kind}`).join(', ');
  return [{ path, message: `has the tags ${kinds.join(', ')}: give one of ${known}` }];
}

export function hasKindTag(property: OdcsProperty): boolean {
  return kindTags(property).length > 0;
}

function kindTags({ tags = [] }: OdcsProperty): readonly string[] {
  return tags.filter((tag) => tag.startsWith('phi:'));
}

/** What a container says of protection would silently do nothing. */
function checkContainer(property: OdcsProperty, path: Path): Fault[] {
  const { logicalType, classification } = property;
  const faults = OF_LEAVES.filter((name) => customIndex(property, name) >= 0).map((name) => ({
    path,
    message: `is an ${logicalType} and has ${name}: only its parts are protected, so say it of each of them`,
  }));
  if (
    isSensitive(property) &&
    !allProperties(partsOf(property)).some((part) => !isContainer(part) && isSensitive(part))
  )
    faults.push({
      path,
      message: `is ${classification} and none of its parts is: lower it, or say which part is personal`,
    });
  return faults;
}

/** A link is one token per event, made of text. */
function checkLink(property: OdcsProperty, path: Path): Fault[] {
  if (customIndex(property, 'das.link') < 0) return [];
  const faults: Fault[] = [];
  if (phiKind(property) === undefined)
    faults.push({
      path,
      message: 'has das.link and no tag that names its kind: only what identifies a person links',
    });
  if (property.logicalType !== 'string')
    faults.push({ path, message: `has das.link and is no string: what is written in one way links` });
  if (path.includes('items'))
    faults.push({ path, message: 'has das.link within an array: an event links by one value of each name' });
  return faults;
}

function isContainer({ logicalType }: OdcsProperty): boolean {
  return logicalType === 'object' || logicalType === 'array';
}

export function isSensitive({ classification }: Pick<OdcsProperty, 'classification'>): boolean {
  return classification === 'pii' || classification === 'phi';
}

function partsOf({ properties = [], items }: OdcsProperty): readonly OdcsProperty[] {
  return items === undefined ? properties : [items];
}

export function classRank({ classification }: Pick<OdcsProperty, 'classification'>): number {
  return CLASSIFICATIONS.indexOf(classification);
}
