import { ScaffoldError } from '../scaffold-error';

/** Who reviews what has no other owner, such as `@brook/platform`. @throws ScaffoldError */
export function platformOwner(text: string): string {
  const owner = /^\*\s+(@\S+)/m.exec(text)?.[1];
  if (owner === undefined) throw new ScaffoldError('there is no line for *: who is the platform?');
  return owner;
}

/**
 * Lets somebody own paths, in front of the lines that hold for every domain's, such as `/contracts/*\/approvals/`: the last
 * match rules, and who guards those of all guards those of a new one, too.
 */
export function addOwners(text: string, paths: readonly string[], owners: string): string {
  const lines = text.split('\n');
  const fresh = paths
    .filter((path) => !lines.some((line) => line.split(/\s/)[0] === path))
    .map((path) => `${path.padEnd(30)} ${owners}`);
  const ofAll = lines.findIndex((line) => /^\/\S*\*/.test(line));
  const last = lines.findLastIndex(
    (line, index) =>
      (ofAll < 0 || index < ofAll) && /^\/(contracts|dbt\/models|sql\/bronze|apps)\/[^/*]+\/\s/.test(line),
  );
  return [...lines.slice(0, last + 1), ...fresh, ...lines.slice(last + 1)].join('\n');
}

/** The owners of a domain's contracts. */
export function ownersOf(text: string, domain: string): string | undefined {
  return new RegExp(`^/contracts/${domain}/\\s+(.*)$`, 'm').exec(text)?.[1]?.trim();
}
