import { readNotification } from './notification';
import { objectRef } from './object-ref';

const place = { bucket: 'brook', prefix: 'claims/' };

function s3Event(key: string, more: object = {}): string {
  const object = { key, eTag: 'e1', ...more };
  return JSON.stringify({
    Records: [{ eventName: 's3:ObjectCreated:Put', s3: { bucket: { name: 'brook' }, object } }],
  });
}

describe('a notification', () => {
  it('tells of the objects that were created, with their keys as they are', () => {
    expect(readNotification(s3Event('claims/a+b%2Fc%C3%BC%2B.csv'), place)).toEqual([
      objectRef('claims/a b/cü+.csv', 'e1'),
    ]);
    expect(readNotification(s3Event('claims/a.csv', { versionId: 'v1' }), place)).toEqual([
      objectRef('claims/a.csv', 'e1', 'v1'),
    ]);
    expect(readNotification(s3Event('claims/a.csv', { eTag: undefined }), place)).toEqual([
      { key: 'claims/a.csv' },
    ]);
  });

  it('may come through SNS, or from EventBridge', () => {
    const wrapped = JSON.stringify({ Type: 'Notification', Message: s3Event('claims/a.csv') });
    expect(readNotification(wrapped, place)).toEqual([objectRef('claims/a.csv', 'e1')]);
    const bridge = {
      'detail-type': 'Object Created',
      // Here a key is not encoded.
      detail: { bucket: { name: 'brook' }, object: { key: 'claims/a+b.csv', etag: 'e1' } },
    };
    expect(readNotification(JSON.stringify(bridge), place)).toEqual([objectRef('claims/a+b.csv', 'e1')]);
    const deleted = { ...bridge, 'detail-type': 'Object Deleted' };
    expect(readNotification(JSON.stringify(deleted), place)).toEqual([]);
  });

  it.each([
    ['a test of the set-up', JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent' })],
    ['an object elsewhere', s3Event('other/a.csv')],
    ['another bucket', s3Event('claims/a.csv').replace('brook', 'stream')],
    ['a deletion', s3Event('claims/a.csv').replace('ObjectCreated:Put', 'ObjectRemoved:Delete')],
  ])('tells of nothing to read: %s', (_, body) => {
    expect(readNotification(body, place)).toEqual([]);
  });

  it.each(['', 'hello', '{}', '{"Records":[{}]}', '[]', 'null'])('is not understood: %j', (body) => {
    expect(readNotification(body, place)).toBeUndefined();
  });
});

describe('an object’s partition', () => {
  it('is its content’s: the same again for the same, another for another', () => {
    const { id } = objectRef('claims/a.csv', '"e1"');
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(objectRef('claims/a.csv', 'e1').id).toBe(id);
    expect(new Set([id, objectRef('claims/a.csv', 'e2').id, objectRef('claims/b.csv', 'e1').id]).size).toBe(
      3,
    );
  });
});
