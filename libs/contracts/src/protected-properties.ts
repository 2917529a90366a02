import { customValue } from './das-properties';
import type { OdcsProperty } from './odcs';
import {
  PHI_KINDS,
  type DeclaredProperty,
  type PhiKind,
  type PropertyPath,
  type ProtectedProperty,
  type Protection,
} from './stream-contract';

const TAG = 'phi:';

/** The kind that a property's tag names; undefined: it has none. */
export function phiKind({ tags = [] }: OdcsProperty): PhiKind | undefined {
  const tag = tags.find((tag) => tag.startsWith(TAG));
  return PHI_KINDS.find((kind) => tag === `${TAG}${kind}`);
}

/** What of a leaf lands: as it was sent, unless its contract says otherwise. */
export function protectionOf(property: OdcsProperty): Protection {
  return customValue(property, 'das.protect') ?? 'clear';
}

interface Leaf {
  readonly path: PropertyPath;
  readonly property: OdcsProperty;
}

/** Every property that holds a value, in the contract's order. */
export function declaredProperties(properties: readonly OdcsProperty[]): readonly DeclaredProperty[] {
  return leaves(properties).map(({ path, property: { classification } }) => ({ path, classification }));
}

/** The leaves that are tagged as PHI or do not land as they were sent, in the contract's order. */
export function protectedProperties(properties: readonly OdcsProperty[]): readonly ProtectedProperty[] {
  return leaves(properties).flatMap(protection);
}

function leaves(properties: readonly OdcsProperty[], parent: PropertyPath = []): readonly Leaf[] {
  return properties.flatMap((property) => atOrBelow(property, [...parent, property.name]));
}

function atOrBelow(property: OdcsProperty, path: PropertyPath): readonly Leaf[] {
  if (property.items !== undefined) return atOrBelow(property.items, [...path, '[]']);
  if (property.properties !== undefined) return leaves(property.properties, path);
  return [{ path, property }];
}

function protection({ path, property }: Leaf): readonly ProtectedProperty[] {
  const kind = phiKind(property);
  if (kind === undefined) return [];
  return [
    {
      path,
      kind,
      classification: property.classification,
      protect: protectionOf(property),
      mask: customValue(property, 'das.mask'),
      clearFor: customValue(property, 'das.clearFor') ?? [],
      link: customValue(property, 'das.link'),
    },
  ];
}
