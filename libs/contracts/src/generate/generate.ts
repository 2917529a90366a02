import type { OdcsDocument } from '../odcs';
import { toStreamContract } from '../stream-view';
import { bronzeDdl } from './bronze-ddl';
import { eventTypes } from './event-types';
import { generatedFrom } from './header';
import { jsonSchema } from './json-schema';
import { OPS_TABLES, opsDdl } from './ops-ddl';

/** A file to be written, its path relative to the repository's root. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** A checked contract and where it stands, relative to the repository's root. */
export interface ContractSource {
  readonly file: string;
  readonly document: OdcsDocument;
}

/** Everything that is generated from the contracts, sorted by path; the same input gives the same bytes. */
export async function generate(sources: readonly ContractSource[]): Promise<readonly GeneratedFile[]> {
  const perStream = await Promise.all(sources.map(filesOf));
  const domains = [...new Set(sources.map(({ document }) => document.domain))];
  const perDomain = domains.flatMap((domain) => [
    domainIndex(domain, sources),
    ...domainOps(domain, sources),
  ]);
  const files = [...perStream.flat(), ...perDomain];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function filesOf({ file, document }: ContractSource): Promise<GeneratedFile[]> {
  const { domain, name } = document;
  const folder = `contracts/${domain}/generated`;
  return [
    { path: `${folder}/${name}.ts`, text: await eventTypes(document, file) },
    { path: `${folder}/${name}.schema.json`, text: `${JSON.stringify(jsonSchema(document), null, 2)}\n` },
    { path: `sql/bronze/${domain}/${name}.sql`, text: bronzeDdl(document, file) },
  ];
}

function domainIndex(domain: string, sources: readonly ContractSource[]): GeneratedFile {
  const streams = sources
    .filter(({ document }) => document.domain === domain)
    .map(({ document }) => document.name);
  const lines = streams.sort().map((stream) => `export * from './${stream}';`);
  const text = [`/* ${generatedFrom(`contracts/${domain}/*.odcs.yaml`)} */`, ...lines, ''].join('\n');
  return { path: `contracts/${domain}/generated/index.ts`, text };
}

/** A domain has one database, whichever of its streams is asked. */
function domainOps(domain: string, sources: readonly ContractSource[]): readonly GeneratedFile[] {
  const [first] = sources.filter(({ document }) => document.domain === domain);
  if (first === undefined) throw new Error(`the domain ${domain} has no contract`);
  const { database } = toStreamContract(first.document).table;
  return OPS_TABLES.map((table) => ({
    path: `sql/ops/${domain}/${table.name.toLowerCase()}.sql`,
    text: opsDdl(table, database, `contracts/${domain}/*.odcs.yaml`),
  }));
}
