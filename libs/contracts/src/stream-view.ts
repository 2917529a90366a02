import { jsonSchema } from './generate/json-schema';
import { collectorSettings, type OdcsDocument } from './odcs';
import { allProperties } from './property-path';
import { declaredProperties, protectedProperties } from './protected-properties';
import { CLASSIFICATIONS, type Classification, type StreamContract } from './stream-contract';

/** Seconds of an ISO 8601 duration of days, hours, minutes and seconds. */
export function durationSeconds(text: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (match ?? [])
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** The runtime view of a checked contract. */
export function toStreamContract(document: OdcsDocument): StreamContract {
  const settings = collectorSettings(document);
  const [table] = document.schema;
  const server = document.servers.find(({ type }) => type === 'snowflake');
  if (
    table === undefined ||
    server?.database === undefined ||
    server.schema === undefined ||
    settings === undefined
  ) {
    throw new Error('toStreamContract takes a contract that loadContract has checked');
  }
  const { envelope, lateness } = settings;
  return {
    id: document.id,
    stream: document.name,
    version: document.version,
    domain: document.domain,
    table: { database: server.database, schema: server.schema, name: table.physicalName },
    source: {
      kind: 'kafka',
      topic: settings.source.topic,
      partitions: settings.source.partitions,
      format: settings.source.format,
    },
    paths: {
      eventId: envelope.eventId.split('.'),
      eventType: envelope.eventType.split('.'),
      eventTs: envelope.eventTs.split('.'),
      schemaVersion: envelope.schemaVersion.split('.'),
      subjectKey: envelope.subjectKey.split('.'),
    },
    lateness: {
      watermarkSeconds: durationSeconds(lateness.watermark),
      allowedSeconds: durationSeconds(lateness.allowed),
    },
    unknownFields: settings.unknownFields,
    undeclaredPhi: settings.undeclaredPhi,
    properties: declaredProperties(table.properties),
    phi: protectedProperties(table.properties),
    startFrom: settings.startFrom,
    onGap: settings.onGap,
    onOffsetRegression: settings.onOffsetRegression,
    deadLetters: settings.deadLetters,
    headers: settings.headers,
    classification: highestClass(document),
    schema: jsonSchema(document),
  };
}

/** Days that a row is kept; undefined where the contract does not say. */
export function retentionDays({ slaProperties }: OdcsDocument): number | undefined {
  const value = slaProperties.find(({ property, unit }) => property === 'retention' && unit === 'd')?.value;
  return Number.isInteger(value) && Number(value) > 0 ? Number(value) : undefined;
}

function highestClass({ schema }: OdcsDocument): Classification {
  const ranks = allProperties(schema[0]?.properties ?? []).map(({ classification }) =>
    CLASSIFICATIONS.indexOf(classification),
  );
  return CLASSIFICATIONS[Math.max(0, ...ranks)] ?? 'public';
}
