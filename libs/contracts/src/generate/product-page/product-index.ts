import type { OdcsDocument } from '../../odcs';
import { toProductContract } from '../../product-view';
import { generatedFrom } from '../header';
import { inWords, markdownTable, prose } from './markdown';

/** Every product on one page. */
export function productIndex(products: readonly OdcsDocument[]): string {
  const rows = products.map((document) => {
    const { domain, product, purpose, version, freshness } = toProductContract(document);
    return [
      domain,
      `[${product}](${domain}/${product}.md)`,
      prose(purpose),
      prose(document.team.name),
      inWords(freshness.seconds),
      `${version}, ${document.status}`,
    ];
  });
  return [
    `<!-- ${generatedFrom('contracts/*/*.odcs.yaml')} -->`,
    '# Data products',
    '',
    ...markdownTable(['domain', 'product', 'what it is for', 'owner', 'fresh within', 'version'], rows),
    '',
  ].join('\n');
}
