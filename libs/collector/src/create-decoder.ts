import { systemClock, type EventDecoder } from '@das/pipeline';
import { createEventDecoder } from '@das/schema-registry';
import { createCsvDecoder } from '@das/source-s3';
import type { CollectorConfig } from './config';
import type { CollectorDeclaration } from './declaration';

/** For the format that the contract names, or CSV among JSON; undefined: plain JSON, which needs none. */
export function createDecoder(
  { contracts: [{ source, schema }] }: CollectorDeclaration,
  config: CollectorConfig,
): EventDecoder | undefined {
  const { SCHEMA_REGISTRY_URL: url, SCHEMA_REGISTRY_USERNAME: username } = config;
  const { SCHEMA_REGISTRY_PASSWORD: password } = config;
  if (source.kind === 's3') return createCsvDecoder(schema);
  // The configuration's own rules have it that there is a URL where one is needed.
  if (source.format === 'json' || url === undefined) return undefined;
  return createEventDecoder({
    format: source.format,
    registry: {
      url,
      ...(username !== undefined && password !== undefined && { credentials: { username, password } }),
    },
    clock: systemClock,
  });
}
