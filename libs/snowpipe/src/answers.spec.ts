import { readAnswer, readCode, readContinuation, readStatus, readStatuses, readWord } from './answers';

const unreadable = expect.objectContaining({ kind: 'unknown', code: 'answer_unreadable' }) as Error;

describe('one word', () => {
  it.each([
    ['JSON', '{"token":"a.b.c"}'],
    ['the other name', '{"access_token":"a.b.c","token_type":"Bearer"}'],
    ['a JSON string', '"a.b.c"'],
    ['plain text', 'a.b.c\n'],
  ])('is read from %s', (_, text) => {
    expect(readWord(text, 'token', ['token', 'access_token'])).toBe('a.b.c');
  });

  it.each(['', '{}', '{"token":null}', '["a"]', '<html> sign in </html>', '"a\\nb"'])('is not %s', (text) => {
    expect(() => readWord(text, 'token', ['token'])).toThrow(unreadable);
  });
});

describe('a channel status', () => {
  it.each([
    [{ rows_error_count: 3 }, 3],
    [{ rows_errors: 4 }, 4],
    [{}, 0],
  ])('counts rejected rows under either name: %j', (counts, rowsRejected) => {
    const wire = { channel_status_code: 'ACTIVE', last_committed_offset_token: '7~a', ...counts };
    expect(readStatus(wire, 'status')).toEqual({ code: 'ACTIVE', committedToken: '7~a', rowsRejected });
  });

  it.each([null, ''])('with the token %j has committed nothing', (token) => {
    const wire = { channel_status_code: 'SUCCESS', last_committed_offset_token: token };
    expect(readStatus(wire, 'open').committedToken).toBeUndefined();
  });

  it.each([
    undefined,
    null,
    [],
    {},
    { channel_status_code: 'Says something' },
    { channel_status_code: 'SUCCESS', rows_error_count: 'many' },
  ])('is not %j', (wire) => {
    expect(() => readStatus(wire, 'status')).toThrow(unreadable);
  });
});

describe('the statuses of many channels', () => {
  const status = (token: string) => ({
    channel_status_code: 'SUCCESS',
    last_committed_offset_token: token,
  });

  it('are found under the names that were asked for, and left out where they are not known', () => {
    const answer = { channel_statuses: { a: status('1'), B__X: status('2') } };
    const found = readStatuses(answer, ['a', 'b__x', 'c']);
    expect([...found].map(([name, { committedToken }]) => [name, committedToken])).toEqual([
      ['a', '1'],
      ['b__x', '2'],
    ]);
  });

  it('prefer the exact name', () => {
    const answer = { channel_statuses: { A: status('1'), a: status('2') } };
    expect(readStatuses(answer, ['A']).get('A')?.committedToken).toBe('1');
  });

  it('are not guessed: an answer without them is not an answer without channels', () => {
    expect(() => readStatuses({}, ['a'])).toThrow(unreadable);
  });
});

describe('an answer', () => {
  it.each(['', 'null', '[]', '<html>'])('is not "%s"', (text) => {
    expect(() => readAnswer(text, 'append')).toThrow(unreadable);
  });

  it.each([{}, { next_continuation_token: '' }, { next_continuation_token: 1 }])(
    'without a continuation token is unreadable: %j',
    (answer) => {
      expect(() => readContinuation(answer, 'append')).toThrow(unreadable);
    },
  );
});

describe('the code of a refusal', () => {
  it.each([
    ['{"code":"ERR_X","message":"m"}', 'ERR_X'],
    ['{"code":"row 7: name is Ann"}', undefined],
    ['{"code":390144}', undefined],
    ['not JSON', undefined],
  ])('in %s is %s', (text, code) => {
    expect(readCode(text)).toBe(code);
  });
});
