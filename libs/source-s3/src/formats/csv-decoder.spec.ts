import { createCsvDecoder } from './csv-decoder';

const decoder = createCsvDecoder({
  type: 'object',
  properties: {
    claim_id: { type: 'string' },
    amount: { type: 'number' },
    lines: { type: ['integer', 'null'] },
    paid: { type: 'boolean' },
    codes: { type: 'array', items: { type: 'string' } },
    member: { type: 'object', properties: { id: { type: 'string' }, age: { type: 'integer' } } },
  },
});

function decoded(text: string): unknown {
  const value = decoder.decode(Buffer.from(text));
  return value instanceof Uint8Array ? Buffer.from(value).toString() : value;
}

describe('a row of CSV', () => {
  it.each([
    [
      'claim_id,amount,lines,paid\n007,12.50,3,TRUE',
      '{"claim_id":"007","amount":12.50,"lines":3,"paid":true}',
    ],
    ['claim_id,member.id,member.age\n1,m-1,41', '{"claim_id":"1","member":{"id":"m-1","age":41}}'],
    ['claim_id,codes\n1,"[""A"",""B""]"', '{"claim_id":"1","codes":["A","B"]}'],
    ['claim_id,amount\n1,', '{"claim_id":"1"}'],
    ['"claim_id", note\n"a, ""b""\nc",x', '{"claim_id":"a, \\"b\\"\\nc","note":"x"}'],
    // What is not of its type stays a text, which the contract refuses.
    ['claim_id,amount\n1,"1,50"', '{"claim_id":"1","amount":"1,50"}'],
    ['claim_id,amount\n1,0x1F', '{"claim_id":"1","amount":"0x1F"}'],
    ['claim_id,codes\n1,A;B', '{"claim_id":"1","codes":"A;B"}'],
    ['claim_id,__proto__.x\n1,2', '{"claim_id":"1","__proto__":{"x":"2"}}'],
  ])('%j is %s', (row, json) => {
    expect(decoded(row)).toBe(json);
  });

  it.each([
    ['a,b\n1', 'csv_columns'],
    ['a,b\n1,2,3', 'csv_columns'],
    ['a,b\n1,"2', 'csv_syntax'],
    ['a,b\n1,5" pipe', 'csv_syntax'],
    ['a,a\n1,2', 'csv_duplicate_column'],
    ['a,a.b\n1,2', 'csv_duplicate_column'],
    ['a.b,a\n1,2', 'csv_duplicate_column'],
    ['a\n1\n2', 'csv_syntax'],
  ])('%j breaks the rule %s', (row, rule) => {
    expect(decoded(row)).toEqual({ reason: 'undecodable', rule });
  });
});

describe('a line of JSON', () => {
  it.each(['{"claim_id":"1","amount":"12"}', 'not json', '[1]', ''])('stays as it is: %s', (line) => {
    const bytes = Buffer.from(line);
    expect(decoder.decode(bytes)).toBe(bytes);
  });
});
