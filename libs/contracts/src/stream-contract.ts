/** The five classes of `design/contracts`, from least to most sensitive. */
export const CLASSIFICATIONS = ['public', 'internal', 'confidential', 'pii', 'phi'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

/** What of a property lands, decided at ingest. */
export const PROTECTIONS = ['clear', 'tokenize', 'redact', 'encrypt', 'generalize'] as const;
export type Protection = (typeof PROTECTIONS)[number];

/** The forms in which a reader sees what was not made for them. */
export const MASK_FORMS = [
  'domain',
  'last2',
  'initials',
  'year',
  'region',
  'chapter',
  'token',
  'nothing',
] as const;
export type MaskForm = (typeof MASK_FORMS)[number];

/** What a `phi:<kind>` tag can say that a value is. */
export const PHI_KINDS = [
  'email',
  'phone',
  'name',
  'identifier',
  'date_of_birth',
  'address',
  'postal_code',
  'free_text',
  'diagnosis',
  'procedure',
  'ip',
  'card',
] as const;
export type PhiKind = (typeof PHI_KINDS)[number];

/** What happens when text that looks like PHI is found where the contract declares none. */
export type UndeclaredPhi = 'quarantine' | 'tag' | 'allow';

/** A property that holds a value: a leaf. */
export interface DeclaredProperty {
  /** As in `ProtectedProperty`. */
  readonly path: PropertyPath;
  readonly classification: Classification;
}

/** A property that is tagged as PHI, or that does not land as it was sent. */
export interface ProtectedProperty extends DeclaredProperty {
  /** From the event's root; `[]` stands for each item of an array: `['items', '[]', 'note']`. */
  readonly path: PropertyPath;
  readonly kind: PhiKind;
  readonly protect: Protection;
  /** The form that readers see who may not see what landed; undefined: what landed is its own mask. */
  readonly mask?: MaskForm | undefined;
  /** Roles that see what landed without a mask. */
  readonly clearFor: readonly string[];
  /** Names the identity that the value links across domains: a token made with the link key lands beside the event. */
  readonly link?: string | undefined;
}

/** What a record's value is. All but `json` are in Confluent's wire format, by a schema of the registry. */
export const SOURCE_FORMATS = ['json', 'json-schema', 'avro', 'protobuf'] as const;
export type SourceFormat = (typeof SOURCE_FORMATS)[number];

/** Where a stream's records are, by kind. */
export interface StreamSources {
  readonly kafka: { readonly topic: string; readonly partitions: number; readonly format: SourceFormat };
  readonly kinesis: { readonly stream: string; readonly format: SourceFormat };
  readonly s3: {
    readonly bucket: string;
    /** Of the keys of its objects; ends in `/`. */
    readonly prefix: string;
    /** The name of the SQS queue that is told of new objects. */
    readonly queue: string;
    readonly format: 'json';
  };
}
export type SourceKind = keyof StreamSources;

/**
 * `log` names the place within its kind: the topic, the stream, or bucket and prefix with dots between. A row's SOURCE
 * is `<kind>:<log>`, and a journal that stands for the place has a folder of this name.
 */
export type StreamSource<Kind extends SourceKind = SourceKind> = {
  readonly [Each in Kind]: { readonly kind: Each; readonly log: string } & StreamSources[Each];
}[Kind];

/** What happens to a field that the contract does not name. */
export type UnknownFields = 'evolve' | 'freeze' | 'discard';

/** A property path, one key per element: `['customer', 'id']`. */
export type PropertyPath = readonly string[];

/** A JSON Schema (draft 2020-12) as generated from a contract. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * What a collector needs to know of one event stream: the runtime view of its contract.
 * `npm run generate` writes one constant of this type per stream, so that no collector reads YAML.
 */
export interface StreamContract<Kind extends SourceKind = SourceKind> {
  /** The contract's `id`. */
  readonly id: string;
  /** The stream's name, such as `orders_events_v1`; part of every channel's name. */
  readonly stream: string;
  /** The contract's semantic version; an event names it in the property at `paths.schemaVersion`. */
  readonly version: string;
  readonly domain: string;
  /** The BRONZE table, unquoted names in upper case. */
  readonly table: { readonly database: string; readonly schema: string; readonly name: string };
  readonly source: StreamSource<Kind>;
  /** Where the envelope's columns are found in an event. */
  readonly paths: {
    readonly eventId: PropertyPath;
    readonly eventType: PropertyPath;
    readonly eventTs: PropertyPath;
    readonly schemaVersion: PropertyPath;
    readonly subjectKey: PropertyPath;
  };
  /** Seconds: later than `watermark` is marked IS_LATE, later than `allowed` is dead. */
  readonly lateness: { readonly watermarkSeconds: number; readonly allowedSeconds: number };
  readonly unknownFields: UnknownFields;
  readonly undeclaredPhi: UndeclaredPhi;
  /** Every leaf, in the order of the contract. */
  readonly properties: readonly DeclaredProperty[];
  /** In the order of the contract. */
  readonly phi: readonly ProtectedProperty[];
  /** Where a first start begins, with neither a token nor a checkpoint. */
  readonly startFrom: 'earliest' | 'latest';
  /** What to do when retention has passed the committed token. */
  readonly onGap: 'stop' | 'continue';
  /** What to do when the log is shorter than, or other than, what was committed. */
  readonly onOffsetRegression: 'stop' | 'restart';
  /** Reading stops when more than the ratio of the records is refused, so many refusals at a time. */
  readonly deadLetters: { readonly fuseRatio: number; readonly fuseRunLength: number };
  /** Source headers (lower case) that land in SOURCE_HEADERS; all others land only inside an encrypted dead letter. */
  readonly headers: readonly string[];
  /** The most sensitive class of any property. */
  readonly classification: Classification;
  readonly schema: JsonSchema;
}
