import { alignedLines } from '../aligned-lines';
import type { Shared } from './shared';

/** A line for each share, below what its columns are. */
export function sharesText(shares: readonly Shared[]): string {
  if (shares.length === 0) return 'nothing is shared\n';
  const rows = [
    ['share', 'product', 'read by', 'regions', 'columns', 'until', 'approved by'],
    ...shares.map((share) => [
      share.name,
      share.product,
      whoReads(share),
      share.regions.join(' '),
      String(share.columns.length),
      until(share),
      `${share.approved.steward}, ${share.approved.security}`,
    ]),
  ];
  return `${alignedLines(rows, '').join('\n')}\n`;
}

/** Everything of one share, with a sentence for each of its columns. */
export function shareText(share: Shared): string {
  const { name, product, table, purpose, contact, approved, columns, creditsPerMonth } = share;
  const cost = creditsPerMonth === null ? '' : `, for ${creditsPerMonth} credits a month at our cost`;
  return [
    `${name}: ${table} of ${product}, for ${purpose}`,
    `  read by    ${whoReads(share)}${cost}; ${contact}`,
    `  until      ${until(share)}`,
    `  approved   by ${approved.steward} and ${approved.security}, on ${approved.on}`,
    `  as         ${share.view}, in the share ${share.share}`,
    ...columns.map(({ sentence }) => `  ${sentence}`),
    '',
  ].join('\n');
}

function whoReads({ account, reader }: Shared): string {
  if (reader === null) return account ?? 'nobody';
  return account === null ? `${reader}, which has no locator yet` : `${account} (${reader})`;
}

function until({ expires, ended }: Shared): string {
  return ended ? `${expires}, ended` : expires;
}
