import type { OdcsProperty } from './odcs';
import { CLASSIFICATIONS, type Classification } from './stream-contract';

/** The property at a dotted path, such as `customer.id`; undefined where there is none. */
export function propertyAt(properties: readonly OdcsProperty[], path: string): OdcsProperty | undefined {
  const [head, ...rest] = path.split('.');
  const found = properties.find(({ name }) => name === head);
  return rest.length === 0 ? found : propertyAt(found?.properties ?? [], rest.join('.'));
}

/** Every property at any depth, items of arrays included. */
export function allProperties(properties: readonly OdcsProperty[]): readonly OdcsProperty[] {
  return properties.flatMap((property) => [
    property,
    ...allProperties(property.properties ?? []),
    ...(property.items === undefined ? [] : allProperties([property.items])),
  ]);
}

/** The most sensitive class of any of them, and of what they hold. */
export function highestClass(properties: readonly OdcsProperty[]): Classification {
  const ranks = allProperties(properties).map(({ classification }) =>
    CLASSIFICATIONS.indexOf(classification),
  );
  return CLASSIFICATIONS[Math.max(0, ...ranks)] ?? 'public';
}
