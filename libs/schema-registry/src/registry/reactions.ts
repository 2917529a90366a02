import { Failure } from '@das/pipeline';

/** Codes of certificates that do not hold; a kept list, since any other failed connection may mend itself. */
const TLS_CODES = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** No answer came. */
export function unreachable(cause: unknown): Failure {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  if (TLS_CODES.has(code))
    return new Failure('setup', 'registry_tls', 'the schema registry’s certificate is not trusted', {
      cure: 'check SCHEMA_REGISTRY_URL; give an authority of your own with NODE_EXTRA_CA_CERTS',
      cause,
    });
  return new Failure('transient', 'registry_unreachable', 'the schema registry gave no answer', {
    cure: 'see that SCHEMA_REGISTRY_URL is right and can be reached',
    cause,
  });
}

/** An answer that is neither a schema nor the word that there is none: never a reason to refuse a record. */
export function refused(status: number): Failure {
  if (status === 401 || status === 403)
    return new Failure('setup', 'registry_not_authorised', 'the schema registry refused the credentials', {
      cure: 'check SCHEMA_REGISTRY_USERNAME and SCHEMA_REGISTRY_PASSWORD, and that the user may read schemas',
    });
  if (status === 408 || status === 429 || status >= 500)
    return new Failure('transient', 'registry_unavailable', `the schema registry answered ${status}`, {
      cure: 'see that the registry is well',
    });
  return notARegistry(`what SCHEMA_REGISTRY_URL leads to answered ${status}`);
}

export function unreadable(): Failure {
  return notARegistry('what SCHEMA_REGISTRY_URL leads to answered with something else than a schema');
}

function notARegistry(message: string): Failure {
  return new Failure('setup', 'registry_url', message, {
    cure: 'give the URL of a Confluent-compatible registry, with its path, such as /apis/ccompat/v7',
  });
}
