import { customValue } from './das-properties';
import { durationSeconds } from './duration';
import { jsonSchema } from './generate/json-schema';
import type { OdcsDocument } from './odcs';
import { highestClass } from './property-path';
import { declaredProperties, protectedProperties } from './protected-properties';
import type { StreamContract } from './stream-contract';
import { streamSource } from './stream-source';

/** The runtime view of a stream's checked contract. */
export function toStreamContract(document: OdcsDocument): StreamContract {
  const settings = customValue(document, 'das.collector');
  const [table] = document.schema;
  const server = document.servers.find(({ type }) => type === 'snowflake');
  if (
    table === undefined ||
    server?.database === undefined ||
    server.schema === undefined ||
    settings === undefined
  ) {
    throw new Error("toStreamContract takes a stream's contract that loadContract has checked");
  }
  const { envelope, lateness } = settings;
  return {
    id: document.id,
    stream: document.name,
    version: document.version,
    domain: document.domain,
    table: { database: server.database, schema: server.schema, name: table.physicalName },
    source: streamSource(settings.source),
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
    classification: highestClass(table.properties),
    schema: jsonSchema(document),
  };
}
