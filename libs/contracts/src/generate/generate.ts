import { isProduct, isStream } from '../contract-kind';
import type { OdcsDocument } from '../odcs';
import { toStreamContract } from '../stream-view';
import { bronzeDdl } from './bronze-ddl';
import { dbtGold } from './dbt-gold';
import { dbtOps } from './dbt-ops';
import { dbtSilver } from './dbt-silver';
import { dbtSources } from './dbt-sources';
import { domainIndex } from './domain-index';
import { eventTypes } from './event-types';
import type { GeneratedFile } from './generated-file';
import { jsonSchema } from './json-schema';
import { OPS_TABLES, opsDdl } from './ops-ddl';
import { productTypes } from './product-types';

/** Everything that is generated from the contracts, sorted by path; the same input gives the same bytes. */
export async function generate(documents: readonly OdcsDocument[]): Promise<readonly GeneratedFile[]> {
  const streams = documents.filter(isStream);
  const products = documents.filter(isProduct);
  const perStream = await Promise.all(streams.map(filesOfStream));
  const perDomain = [...new Set(documents.map(({ domain }) => domain))].map((domain) =>
    filesOfDomain(domain, ofDomain(domain, streams), ofDomain(domain, products)),
  );
  const files = [...perStream, ...products.map(filesOfProduct), ...perDomain].flat();
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function filesOfStream(document: OdcsDocument): Promise<readonly GeneratedFile[]> {
  const { domain, name } = document;
  const file = contractFile(document);
  const folder = `contracts/${domain}/generated`;
  return [
    { path: `${folder}/${name}.ts`, text: await eventTypes(document, file) },
    { path: `${folder}/${name}.schema.json`, text: `${JSON.stringify(jsonSchema(document), null, 2)}\n` },
    { path: `sql/bronze/${domain}/R__500_${domain}_${name}.sql`, text: bronzeDdl(document, file) },
    ...dbtSilver(document, file),
  ];
}

function filesOfProduct(document: OdcsDocument): readonly GeneratedFile[] {
  const { domain, name } = document;
  const file = contractFile(document);
  const models = [...dbtGold(document, file)];
  return [
    { path: `contracts/${domain}/generated/${name}.ts`, text: productTypes(document, file) },
    ...models.map(([table, text]) => ({ path: `dbt/models/${domain}/gold/${table}.yml`, text })),
  ];
}

/** A domain has one database, whichever of its streams is asked. */
function filesOfDomain(
  domain: string,
  streams: readonly OdcsDocument[],
  products: readonly OdcsDocument[],
): readonly GeneratedFile[] {
  const [first] = streams;
  if (first === undefined) throw new Error(`the domain ${domain} has no stream`);
  const { database } = toStreamContract(first).table;
  return [
    { path: `contracts/${domain}/generated/index.ts`, text: domainIndex(domain, streams, products) },
    { path: `dbt/models/${domain}/bronze.yml`, text: dbtSources(domain, streams) },
    ...dbtOps(domain, streams),
    ...OPS_TABLES.map((table) => ({
      path: `sql/ops/${domain}/R__510_${domain}_${table.name.toLowerCase()}.sql`,
      text: opsDdl(table, database, `contracts/${domain}/*.odcs.yaml`),
    })),
  ];
}

function ofDomain(domain: string, documents: readonly OdcsDocument[]): readonly OdcsDocument[] {
  return documents.filter((document) => document.domain === domain);
}

/** Where a contract stands, which `loadContract` has checked. */
function contractFile({ domain, name }: OdcsDocument): string {
  return `contracts/${domain}/${name}.odcs.yaml`;
}
