import type { OdcsDocument } from '../odcs';
import { generatedFrom } from './header';
import { productConstant } from './product-types';
import { constantName } from './type-names';

/** The one door of a domain's generated code: everything by its name, and lists of streams and of products. */
export function domainIndex(
  domain: string,
  streams: readonly OdcsDocument[],
  products: readonly OdcsDocument[],
): string {
  const names = [...streams, ...products].map(({ name }) => name).sort();
  return [
    `/* ${generatedFrom(`contracts/${domain}/*.odcs.yaml`)} */`,
    `import type { ProductContract, StreamContract } from '@das/contracts';`,
    ...streams.map(({ name }) => `import { ${constantName(name)} } from './${name}';`),
    ...products.map((product) => `import { ${productConstant(product)} } from './${product.name}';`),
    '',
    ...names.map((name) => `export * from './${name}';`),
    "export * from './secured-views';",
    '',
    `export const STREAMS: readonly StreamContract[] = [${streams.map(({ name }) => constantName(name)).join(', ')}];`,
    `export const PRODUCTS: readonly ProductContract[] = [${products.map(productConstant).join(', ')}];`,
    '',
  ].join('\n');
}
