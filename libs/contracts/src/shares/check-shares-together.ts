import { customIndex, customValue, type Share } from '../das-properties';
import type { Fault } from '../finding';
import type { OdcsDocument } from '../odcs';

/** What shares say of each other: policies of a domain know accounts, and not by which share they read. */
export function checkSharesTogether(document: OdcsDocument, documents: readonly OdcsDocument[]): Fault[] {
  const at = ['customProperties', customIndex(document, 'das.shares'), 'value'];
  const own = customValue(document, 'das.shares') ?? [];
  const all = documents.flatMap((one) => sharesOf(one).map((share) => ({ share, domain: one.domain })));
  if (own.length === 0) return [];
  const tables = documents.flatMap(({ schema }) => schema.map(({ name }) => name));
  const others = inputsOfOthers(document, documents);
  return own.flatMap((share, index) => {
    const rest = all.filter((other) => !isSame(other.share, share));
    const path = [...at, index];
    return [
      ...(tables.includes(share.name)
        ? [{ path, message: `${share.name} is the name of a table: call the share otherwise` }]
        : []),
      ...(own.findIndex(({ name }) => name === share.name) < index ||
      rest.some((other) => other.share.name === share.name)
        ? [{ path, message: `another share is called ${share.name}` }]
        : []),
      ...othersFaults(share, document.domain, rest).map((message) => ({ path, message })),
      ...others.map((input) => ({
        path,
        message: `${document.name} is made from ${input}, of another domain, whose steward did not approve that it leaves: share what is of this domain`,
      })),
    ];
  });
}

/** What a product is made from, at any depth, that other domains promise: their stewards let the product read it, and nobody else. */
function inputsOfOthers(
  document: OdcsDocument,
  documents: readonly OdcsDocument[],
  through: readonly OdcsDocument[] = [],
): readonly string[] {
  const inputs = customValue(document, 'das.lineage')?.inputs ?? [];
  const found = inputs.flatMap((input): readonly string[] => {
    const source = documents.find((one) => customValue(one, 'das.lineage')?.outputs.includes(input) === true);
    if (source === undefined || through.includes(source)) return [];
    if (source.domain !== document.domain) return [input];
    return inputsOfOthers(source, documents, [...through, document]);
  });
  return [...new Set(found)];
}

interface Other {
  readonly share: Share;
  readonly domain: string;
}

function othersFaults(
  { account, regions, reader }: Share,
  domain: string,
  others: readonly Other[],
): readonly string[] {
  const faults: string[] = [];
  for (const { share: other, domain: of } of others) {
    const sameAccount = account !== undefined && other.account === account && of === domain;
    if (sameAccount && other.regions.toSorted().join() !== regions.toSorted().join())
      faults.push(
        `${account} sees other regions by ${other.name}: rows are shown to an account, whichever share it reads`,
      );
    if (reader === undefined || other.reader?.name !== reader.name) continue;
    if (other.account !== account || other.reader.creditsPerMonth !== reader.creditsPerMonth)
      faults.push(`${reader.name} has another account, or other credits, in ${other.name}`);
  }
  return faults;
}

function sharesOf(document: OdcsDocument): readonly Share[] {
  return customValue(document, 'das.shares') ?? [];
}

/** Values are parsed anew each time: a share is known by what it says. */
function isSame(a: Share, b: Share): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
