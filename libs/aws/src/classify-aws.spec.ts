import { Failure } from '@das/pipeline';
import { classifyAws, type AwsService } from './classify-aws';

const SERVICE: AwsService = {
  name: 'Kinesis',
  prefix: 'kinesis',
  grant: 'grant kinesis:GetRecords',
  errors: { ResourceNotFoundException: ['setup', 'stream_missing', 'there is no such stream', 'create it'] },
};

const error = (name: string, more: object = {}): Error =>
  Object.assign(new Error('quotes a secret of 123456789012'), { name, ...more });

describe('an error of AWS', () => {
  it.each([
    [error('ResourceNotFoundException'), 'setup', 'stream_missing'],
    [error('AccessDeniedException'), 'setup', 'kinesis_denied'],
    [error('ProvisionedThroughputExceededException'), 'transient', 'kinesis_throttled'],
    [error('ThrottlingException'), 'transient', 'kinesis_throttled'],
    [error('CredentialsProviderError'), 'setup', 'kinesis_credentials'],
    [error('ExpiredTokenException'), 'transient', 'kinesis_credentials'],
    [error('Error', { code: 'ECONNREFUSED' }), 'transient', 'kinesis_unreachable'],
    [
      new Error('AWS SDK error wrapper for Error: connect ECONNREFUSED 127.0.0.1:1'),
      'transient',
      'kinesis_unreachable',
    ],
    // A connection that was cut while it was waited for.
    [new Error('AWS SDK error wrapper for TimeoutError: socket hang up'), 'transient', 'kinesis_unreachable'],
    [error('TimeoutError'), 'transient', 'kinesis_unreachable'],
    [error('InternalFailure', { $fault: 'server' }), 'transient', 'kinesis_unreachable'],
    [error('Odd', { $metadata: { httpStatusCode: 503 } }), 'transient', 'kinesis_unreachable'],
    [Object.assign(new Error('Region is missing'), { name: 'Error' }), 'setup', 'kinesis_region'],
    [error('ValidationException'), 'setup', 'kinesis_refused'],
    [error('constructor'), 'setup', 'kinesis_refused'],
  ])('%s is %s %s, and says nothing of its own', (thrown, kind, code) => {
    const failure = classifyAws(thrown, SERVICE);
    expect(failure).toMatchObject({ kind, code });
    expect(failure.line).not.toMatch(/secret|123456789012/);
    expect(failure.cure).toBeDefined();
  });

  it('that was classified already stays what it is', () => {
    const failure = new Failure('transient', 'not_owner', 'somebody else has it');
    expect(classifyAws(failure, SERVICE)).toBe(failure);
  });
});
