import { customIndex, customValue, type Share } from '../das-properties';
import type { Fault } from '../finding';
import type { OdcsDocument } from '../odcs';

/** What shares of a domain say of each other: its policies know accounts, and not by which share they read. */
export function checkSharesTogether(document: OdcsDocument, documents: readonly OdcsDocument[]): Fault[] {
  const at = ['customProperties', customIndex(document, 'das.shares'), 'value'];
  const own = customValue(document, 'das.shares') ?? [];
  const all = documents.filter(({ domain }) => domain === document.domain).flatMap(sharesOf);
  return own.flatMap((share, index) => {
    const others = all.filter((other) => other !== share && !isSame(other, share));
    return othersFaults(share, index, own, others).map((message) => ({ path: [...at, index], message }));
  });
}

function othersFaults(
  { name, account, regions, reader }: Share,
  index: number,
  own: readonly Share[],
  others: readonly Share[],
): readonly string[] {
  const faults: string[] = [];
  if (own.findIndex((one) => one.name === name) < index || others.some((one) => one.name === name))
    faults.push(`another share of the domain is called ${name}`);
  for (const other of others) {
    const sameAccount = account !== undefined && other.account === account;
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
