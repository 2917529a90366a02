import type { AccessBook } from '../access/access-book';
import { isProduct, isStream } from '../contract-kind';
import type { OdcsDocument } from '../odcs';
import { alertRules } from './alerts/alerts';
import type { GeneratedFile } from './generated-file';
import { openApi } from './openapi/openapi';
import { productIndex } from './product-page/product-index';
import { productPage } from './product-page/product-page';

/** What others than our programs read: API schemas, alert rules, and pages; sorted by path. */
export function generateArtifacts(
  documents: readonly OdcsDocument[],
  access: AccessBook,
): readonly GeneratedFile[] {
  const products = documents.filter(isProduct);
  const files = [
    ...products.flatMap((document) => filesOfProduct(document, documents, access)),
    ...alertFiles(documents.filter(isStream)),
    { path: 'docs/products/README.md', text: productIndex(products) },
  ];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function filesOfProduct(
  document: OdcsDocument,
  documents: readonly OdcsDocument[],
  access: AccessBook,
): readonly GeneratedFile[] {
  const { domain, name } = document;
  const file = `contracts/${domain}/${name}.odcs.yaml`;
  return [
    {
      path: `contracts/${domain}/generated/${name}.openapi.json`,
      text: `${JSON.stringify(openApi(document, access, file), null, 2)}\n`,
    },
    {
      path: `docs/products/${domain}/${name}.md`,
      text: productPage(document, documents, access, file),
    },
  ];
}

function alertFiles(streams: readonly OdcsDocument[]): readonly GeneratedFile[] {
  const domains = [...new Set(streams.map(({ domain }) => domain))];
  return domains.map((domain) => ({
    path: `contracts/${domain}/generated/alerts.yml`,
    text: alertRules(
      streams.filter((stream) => stream.domain === domain),
      `contracts/${domain}/*.odcs.yaml`,
    ),
  }));
}
