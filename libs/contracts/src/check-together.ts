import { checkCarried } from './check-carried';
import { protectionFaults, type NamedSource } from './check-column-sources';
import { checkCrossing } from './check-crossing';
import { checkDeclassified, checkDeclassifiedRows, declassified } from './check-declassified';
import { checkPolicies, domainMasks } from './check-policies';
import { isProduct, isStream } from './contract-kind';
import { customIndex, customValue } from './das-properties';
import { DAY_SECONDS, durationSeconds } from './duration';
import type { Fault, Path } from './finding';
import { OPS_TABLES } from './generate/ops-ddl';
import { protectedAs } from './gold-columns';
import type { OdcsDocument, OdcsProperty, OdcsTable } from './odcs';
import { toProductContract } from './product-view';
import { freshnessSeconds } from './service-level';
import { SILVER_RETENTION_DAYS, silverTable } from './silver-columns';
import { checkSharesTogether } from './shares/check-shares-together';
import { SourceColumns } from './source-columns';

/** What is wrong with a contract in the light of all the others, by contract. */
export function checkTogether(
  documents: readonly OdcsDocument[],
): ReadonlyMap<OdcsDocument, readonly Fault[]> {
  const columns = new SourceColumns(documents);
  const masks = domainMasks(documents);
  const products = documents.filter(isProduct);
  return new Map(
    documents.map((document) => [
      document,
      [
        ...checkNames(document, documents),
        ...checkDatabase(document, documents),
        ...checkPolicies(document, masks),
        ...checkSharesTogether(document, documents),
        ...(products.includes(document)
          ? [
              ...checkInputs(document, documents),
              ...checkCrossing(document, documents),
              ...checkTables(document, documents, columns),
            ]
          : []),
      ],
    ]),
  );
}

/** Policies stand in the database of a domain: another domain there would say what they show. */
function checkDatabase(document: OdcsDocument, documents: readonly OdcsDocument[]): Fault[] {
  return document.servers.flatMap(({ database }, index): Fault[] => {
    const other = documents.find(
      ({ domain, servers }) =>
        domain !== document.domain && servers.some((server) => server.database === database),
    );
    if (database === undefined || other === undefined) return [];
    return [
      {
        path: ['servers', index, 'database'],
        message: `${database} is the database of the domain ${other.domain}`,
      },
    ];
  });
}

/** dbt has one name for each model, whichever folder it is in. */
function checkNames(document: OdcsDocument, documents: readonly OdcsDocument[]): Fault[] {
  const others = documents.filter((other) => other !== document).flatMap(modelNames);
  return modelNames(document)
    .filter((name) => others.includes(name))
    .map((name) => ({
      path: ['schema'],
      message: `another contract makes a table ${name} too: dbt knows models by their names alone`,
    }));
}

function modelNames(document: OdcsDocument): readonly string[] {
  return isStream(document) ? [silverTable(document)] : document.schema.map(({ name }) => name);
}

function checkInputs(document: OdcsDocument, documents: readonly OdcsDocument[]): Fault[] {
  const { inputs, purposes, freshness } = toProductContract(document);
  const at = ['customProperties', customIndex(document, 'das.lineage'), 'value', 'inputs'];
  return inputs.flatMap((input, index): Fault[] => {
    const path = [...at, index];
    if (isOpsTable(input, documents)) return [];
    const source = documents.find((other) => outputsOf(other).includes(input));
    if (source === undefined) return [{ path, message: `${input} is written by no contract` }];
    const faults: Fault[] = [];
    const allowed = customValue(source, 'das.purposes') ?? [];
    const other = purposes.filter((purpose) => !allowed.includes(purpose));
    if (other.length > 0)
      faults.push({
        path: ['customProperties', customIndex(document, 'das.purposes')],
        message: `${other.join(', ')}: ${source.name} may not be used for that`,
      });
    const before = freshnessSeconds(source) ?? 0;
    if (before + freshness.targetLagSeconds > freshness.seconds)
      faults.push({
        path: ['slaProperties'],
        message: `promises a freshness of ${freshness.seconds} s, of which ${input} may take ${before} and its own lag ${freshness.targetLagSeconds}`,
      });
    return faults;
  });
}

function outputsOf(document: OdcsDocument): readonly string[] {
  return customValue(document, 'das.lineage')?.outputs ?? [];
}

function isOpsTable(input: string, documents: readonly OdcsDocument[]): boolean {
  const databases = documents.flatMap(({ servers }) => servers.map(({ database }) => database));
  return OPS_TABLES.some(({ name }) => databases.some((database) => input === `${database}.OPS.${name}`));
}

function checkTables(
  document: OdcsDocument,
  documents: readonly OdcsDocument[],
  columns: SourceColumns,
): Fault[] {
  return document.schema.flatMap((table, index) => {
    const path = ['schema', index];
    return [
      ...checkHistory(table, columns, path),
      ...checkCarried(table, documents, path),
      ...checkDeclassifiedRows(table, columns, path),
      ...table.properties.flatMap((property, at) =>
        checkSources(property, { document, table, columns, path: [...path, 'properties', at] }),
      ),
    ];
  });
}

/** SILVER forgets: what is folded from it again must not include what it has forgotten. */
function checkHistory(table: OdcsTable, columns: SourceColumns, path: Path): Fault[] {
  const model = customValue(table, 'das.model');
  const readsStream = table.properties
    .flatMap(({ transformSourceObjects = [] }) => transformSourceObjects)
    .some((reference) => isStreamColumn(reference, columns));
  if (!readsStream || model === undefined) return [];
  if (model.materialized === 'view')
    return [{ path, message: 'is a view of a stream: keep its rows, as a table' }];
  if (model.frozen !== undefined) {
    if (durationSeconds(model.frozen.after) < SILVER_RETENTION_DAYS * DAY_SECONDS) return [];
    const at = [...path, 'customProperties', customIndex(table, 'das.model'), 'value', 'frozen', 'after'];
    return [
      {
        path: at,
        message: `is not under the ${SILVER_RETENTION_DAYS} days after which SILVER forgets: what is not frozen is folded again`,
      },
    ];
  }
  return [
    { path, message: 'is made from a stream and needs frozen in das.model: SILVER forgets after 400 days' },
  ];
}

function isStreamColumn(reference: string, columns: SourceColumns): boolean {
  const contract = columns.get(reference)?.contract;
  return contract !== undefined && isStream(contract);
}

interface ColumnPlace {
  readonly document: OdcsDocument;
  readonly table: OdcsTable;
  readonly columns: SourceColumns;
  readonly path: Path;
}

function checkSources(property: OdcsProperty, { document, table, columns, path }: ColumnPlace): Fault[] {
  const faults: Fault[] = [];
  const sources: NamedSource[] = [];
  const inputs = customValue(document, 'das.lineage')?.inputs ?? [];
  for (const [index, reference] of (property.transformSourceObjects ?? []).entries()) {
    const at = [...path, 'transformSourceObjects', index];
    const column = columns.get(reference);
    const contract = column?.contract;
    if (column === undefined)
      faults.push({ path: at, message: `${reference} is no property of a stream and no column of a table` });
    else sources.push({ reference, column });
    if (
      contract !== undefined &&
      contract !== document &&
      !outputsOf(contract).some((name) => inputs.includes(name))
    )
      faults.push({ path: at, message: `${contract.name} is not among the inputs of das.lineage` });
  }
  for (const [index, { to }] of (property.relationships ?? []).entries()) {
    if (columns.get(to)?.type !== property.physicalType)
      faults.push({
        path: [...path, 'relationships', index, 'to'],
        message: `${to} is no column of the type ${property.physicalType}`,
      });
  }
  const made = protectedAs(property);
  const lost = declassified(property);
  const kept = sources.filter(({ reference }) => !lost.includes(reference));
  faults.push(
    ...protectionFaults(made, kept).map((message) => ({ path, message })),
    ...checkDeclassified(property, made, sources, path),
  );
  if (customValue(table, 'das.model')?.materialized === 'view')
    faults.push(...checkViewColumn(property, sources, path));
  return faults;
}

/** A view shows columns of a table: as they are there. */
function checkViewColumn(property: OdcsProperty, sources: readonly NamedSource[], path: Path): Fault[] {
  const [source, ...more] = sources;
  if (source === undefined) return [];
  if (more.length > 0)
    return [{ path, message: 'is of a view and needs one source: the column that it shows' }];
  if (source.column.type === property.physicalType) return [];
  return [{ path, message: `is ${property.physicalType}, and ${source.reference} is ${source.column.type}` }];
}
