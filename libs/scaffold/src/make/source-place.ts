import { ScaffoldError } from '../scaffold-error';
import type { SourceKind, StreamNames } from '../names';

/** What the reference says of its source, in its contract. */
const REFERENCE = {
  source: '{ kind: kafka, topic: widgets.v1, partitions: 6, format: json, key: widget_id }',
  server: `  - server: kafka
    type: kafka
    environment: production
    host: kafka.brook.example:9092
    format: json
    customProperties:
      - property: topic
        value: widgets.v1
`,
  input: "'kafka:widgets.v1'",
} as const;

export interface SourcePlace {
  readonly kind: SourceKind;
  /** The topic, the Kinesis stream, or `bucket/prefix/`; default: after the stream. */
  readonly from?: string;
}

/** What a source calls the records: a topic `shipments.v1`, a stream `shipments-v1`, objects below `brook-shipments/`. */
export function logName({ kind, from }: SourcePlace, { stem }: StreamNames): string {
  const dashed = stem.replaceAll('_', '-');
  const log =
    from ?? { kafka: `${dashed}.v1`, kinesis: `${dashed}-v1`, s3: `brook-${dashed}/${dashed}/` }[kind];
  const isName = kind === 's3' ? /^[a-z0-9.-]+\/([\w.-]+\/)+$/ : /^[A-Za-z0-9_-][\w.-]*$/;
  if (!isName.test(log))
    throw new ScaffoldError(
      kind === 's3'
        ? '--from is no bucket and prefix such as brook-claims/claims/'
        : '--from is no name such as shipments.v1',
    );
  return log;
}

/**
 * The reference's contract with another source, before names are put in: `widgets.v1` still stands for the place.
 * @throws Error where the reference does not say its source as this expects it
 */
export function withSource(contract: string, kind: SourceKind, log: string): string {
  if (kind === 'kafka') return contract;
  const { source, server, input } = kind === 'kinesis' ? KINESIS : s3(log);
  return [
    [REFERENCE.source, source],
    [REFERENCE.server, server],
    [REFERENCE.input, input],
  ].reduce((text, [before = '', after = '']) => {
    if (!text.includes(before)) throw new Error(`the reference's contract does not say ${before}`);
    return text.replace(before, () => after);
  }, contract);
}

const KINESIS = {
  source: '{ kind: kinesis, stream: widgets.v1, format: json, key: widget_id }',
  server: `  - server: kinesis
    type: kinesis
    environment: production
    region: eu-central-1
    format: json
    customProperties:
      - property: stream
        value: widgets.v1
`,
  input: "'kinesis:widgets.v1'",
};

function s3(log: string) {
  const bucket = log.slice(0, log.indexOf('/'));
  const prefix = log.slice(bucket.length + 1);
  return {
    source: `{ kind: s3, bucket: ${bucket}, prefix: ${prefix}, queue: ${bucket}-new, format: json }`,
    server: `  - server: s3
    type: s3
    environment: production
    location: 's3://widgets.v1*.ndjson.gz'
    format: json
`,
    input: "'s3:widgets.v1'",
  };
}
