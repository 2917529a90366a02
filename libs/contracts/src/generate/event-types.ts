import type { JSONSchema } from 'json-schema-to-typescript';
import type { OdcsDocument } from '../odcs';
import { toStreamContract } from '../stream-view';
import { generatedFrom } from './header';
import { constantName, typeName } from './type-names';

/** The event's TypeScript type and the stream's runtime contract. */
export async function eventTypes(document: OdcsDocument, contractFile: string): Promise<string> {
  const contract = toStreamContract(document);
  const name = typeName(document.name);
  // Named by the stream, not by its title.
  const schema: JSONSchema = Object.fromEntries(
    Object.entries(contract.schema).filter(([keyword]) => keyword !== '$id' && keyword !== 'title'),
  );
  // Heavy, and whoever only reads contracts does not need it.
  const { compile } = await import('json-schema-to-typescript');
  const types = await compile(schema, name, {
    bannerComment: '',
    style: { singleQuote: true },
    // A tuple type per length helps nobody; the validator counts.
    ignoreMinAndMaxItems: true,
  });
  return [
    `/* ${generatedFrom(contractFile)} */`,
    "import type { StreamContract } from '@das/contracts';",
    '',
    types,
    `/** ${document.description.purpose.replaceAll('*/', '*\\/')} */`,
    `export const ${constantName(document.name)}: StreamContract<'${contract.source.kind}'> = ${JSON.stringify(contract, null, 2)};`,
    '',
  ].join('\n');
}
