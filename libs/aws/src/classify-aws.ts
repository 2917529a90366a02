import { Failure, type FailureKind } from '@das/pipeline';

/** What an error means here, by its name in the SDK. */
type AwsErrors = Readonly<
  Record<string, readonly [kind: FailureKind, code: string, what: string, cure: string]>
>;

/** A service as failures tell of it. */
export interface AwsService {
  /** As people call it: `KMS`. */
  readonly name: string;
  /** What codes of failures begin with: `kms`. */
  readonly prefix: string;
  /** The cure where it denies something. */
  readonly grant: string;
  /** Errors of its own. */
  readonly errors: AwsErrors;
}

const CREDENTIALS = 'give the process credentials that the AWS SDK finds, and the region';

/** What every service may answer, or its client say. */
const KINDS: Readonly<Record<string, 'denied' | 'throttled' | 'no' | 'unknown' | 'refused' | 'expired'>> = {
  AccessDeniedException: 'denied',
  AccessDenied: 'denied',
  ThrottlingException: 'throttled',
  Throttling: 'throttled',
  LimitExceededException: 'throttled',
  TooManyRequestsException: 'throttled',
  ProvisionedThroughputExceededException: 'throttled',
  RequestLimitExceeded: 'throttled',
  CredentialsProviderError: 'no',
  UnrecognizedClientException: 'unknown',
  InvalidClientTokenId: 'unknown',
  InvalidAccessKeyId: 'unknown',
  InvalidSignatureException: 'refused',
  SignatureDoesNotMatch: 'refused',
  IncompleteSignature: 'refused',
  // Whoever rotates them may be about to.
  ExpiredTokenException: 'expired',
  ExpiredToken: 'expired',
};

/** Of a connection that did not come about, or broke. */
const CONNECTION = /^(ECONN|ENOTFOUND|EAI_AGAIN|EHOST|ENET|EPIPE|ETIMEDOUT|ERR_TLS|CERT_)/;

/** The SDK's words for an error that is none to it, such as one of another realm. */
const WRAPPED = /^AWS SDK error wrapper for (?<name>\w*Error):(?: \w+ (?<code>[A-Z_]+))?/;

/** An error of a service or of its SDK, without its words: these may name accounts and hosts, and quote records. */
export function classifyAws(thrown: unknown, service: AwsService): Failure {
  if (thrown instanceof Failure) return thrown;
  const { name = '', code = '', message = '', $fault, $metadata } = thrown as Partial<AwsError>;
  const fail = (kind: FailureKind, ourCode: string, what: string, cure: string): Failure =>
    new Failure(kind, ourCode, what, { cure, cause: thrown });
  const known = Object.hasOwn(service.errors, name) ? service.errors[name] : undefined;
  if (known !== undefined) return fail(...known);
  const { name: it, prefix, grant } = service;
  const later = `it is tried again; see that ${it} answers at this region and endpoint`;
  switch (Object.hasOwn(KINDS, name) ? KINDS[name] : undefined) {
    case 'denied':
      return fail('setup', `${prefix}_denied`, `${it} denies what is asked of it`, grant);
    case 'throttled':
      return fail('transient', `${prefix}_throttled`, `${it} takes no more requests just now`, later);
    case 'no':
      return fail('setup', `${prefix}_credentials`, 'there are no AWS credentials', CREDENTIALS);
    case 'unknown':
      return fail('setup', `${prefix}_credentials`, `${it} does not know the AWS credentials`, CREDENTIALS);
    case 'refused':
      return fail('setup', `${prefix}_credentials`, `${it} refuses the AWS credentials`, CREDENTIALS);
    case 'expired':
      return fail('transient', `${prefix}_credentials`, 'the AWS credentials have expired', CREDENTIALS);
    case undefined:
      break;
  }
  const wrapped = WRAPPED.exec(message)?.groups;
  const isAway =
    [name, wrapped?.name].includes('TimeoutError') || CONNECTION.test(code || (wrapped?.code ?? ''));
  if (isAway || $fault === 'server' || ($metadata?.httpStatusCode ?? 0) >= 500)
    return fail('transient', `${prefix}_unreachable`, `${it} does not answer`, later);
  if (message.includes('Region is missing'))
    return fail('setup', `${prefix}_region`, 'no AWS region is set', 'set AWS_REGION');
  // A name of the SDK's closed set of errors; nothing else of it is repeated.
  const which = /^[A-Za-z]{1,60}$/.test(name) ? ` (${name})` : '';
  return fail('setup', `${prefix}_refused`, `${it} refuses the request${which}`, grant);
}

interface AwsError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly $fault: 'client' | 'server';
  readonly $metadata: { readonly httpStatusCode?: number };
}
