import { inspect } from 'node:util';
import { Phi } from './phi';

describe('Phi', () => {
  const phi = new Phi('marked-value');

  it('gives out its value when asked to', () => {
    expect(phi.reveal()).toBe('marked-value');
  });

  it.each([
    ['JSON', () => JSON.stringify({ phi })],
    ['a template', () => `value: ${phi as unknown as string}`],
    ['a concatenation', () => 'value: ' + (phi as unknown as string)],
    ['String', () => String(phi)],
    ['a number', () => Number(phi)],
  ])('refuses %s, without its value', (_, use) => {
    expect(use).toThrow(TypeError);
    expect(use).not.toThrow('marked-value');
  });

  it('prints as a placeholder', () => {
    expect(inspect({ phi }, { depth: 5, showHidden: true })).toBe('{ phi: [phi] }');
  });
});
