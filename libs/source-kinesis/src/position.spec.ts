import { comparePositions, justAfter, justBefore, positionOf, sequenceOf } from './position';

const SEQUENCE = '49590338271490256608559692538361571095921575989136588898';
/** In order. */
const POSITIONS = [
  '0:0',
  '9:0',
  '10:0',
  `${SEQUENCE}:0`,
  `${SEQUENCE}:2`,
  `${SEQUENCE}:10`,
  `1${SEQUENCE}:0`,
];

it('compares sequence numbers as numbers that no double holds, then the places within one', () => {
  expect([...POSITIONS].reverse().sort(comparePositions)).toEqual(POSITIONS);
  for (const position of POSITIONS) expect(comparePositions(position, position)).toBe(0);
});

it('has places before and after every record', () => {
  const position = positionOf(SEQUENCE, 3);
  expect(sequenceOf(position)).toBe(SEQUENCE);
  expect(comparePositions(justBefore(SEQUENCE), positionOf(SEQUENCE, 0))).toBeLessThan(0);
  expect(justBefore('1000')).toBe('999:0');
  expect(comparePositions(justAfter(position), position)).toBeGreaterThan(0);
});

it.each(['', '42', '42:', ':1', '42:1:1', '-1:0', '4e2:0', 'x:0'])('takes %j for no position', (text) => {
  expect(() => comparePositions(text, '1:0')).toThrow(
    expect.objectContaining({ kind: 'setup', code: 'kinesis_position_invalid' }) as Error,
  );
});
