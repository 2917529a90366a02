import { isProduct } from './contract-kind';
import { customIndex, customValue } from './das-properties';
import type { Fault, Path } from './finding';
import type { OdcsDocument } from './odcs';

/**
 * What a product reads of another domain: tables of its products in GOLD, which are promised to somebody, and those only where
 * the other domain has registered it as a consumer, for everything that it is used for.
 */
export function checkCrossing(document: OdcsDocument, documents: readonly OdcsDocument[]): Fault[] {
  const { inputs = [] } = customValue(document, 'das.lineage') ?? {};
  const at = ['customProperties', customIndex(document, 'das.lineage'), 'value', 'inputs'];
  return inputs.flatMap((input, index): readonly Fault[] => {
    const owner = documents.find(({ servers }) =>
      servers.some(({ database }) => database === input.split('.')[0]),
    );
    if (owner === undefined || owner.domain === document.domain) return [];
    return crossingFaults(document, input, documents, [...at, index]);
  });
}

function crossingFaults(
  document: OdcsDocument,
  input: string,
  documents: readonly OdcsDocument[],
  path: Path,
): readonly Fault[] {
  const [database = '', tier] = input.split('.');
  const source = documents.find(
    (other) => isProduct(other) && customValue(other, 'das.lineage')?.outputs.includes(input) === true,
  );
  if (tier !== 'GOLD' || source === undefined)
    return [
      {
        path,
        message: `${input} is promised by no product of another domain: read what ${database}.GOLD promises`,
      },
    ];
  const allowed = (customValue(source, 'das.consumers') ?? [])
    .filter(({ product }) => product === document.name)
    .map(({ purpose }) => purpose);
  if (allowed.length === 0)
    return [
      {
        path,
        message: `${source.name} has not registered ${document.name}: its das.consumers names the product, its purpose and a contact`,
      },
    ];
  const other = (customValue(document, 'das.purposes') ?? []).filter((purpose) => !allowed.includes(purpose));
  if (other.length === 0) return [];
  return [
    { path, message: `${source.name} has registered ${document.name}, and not for ${other.join(', ')}` },
  ];
}
