import { addToList, addToMap, addToSequence } from './yaml-insert';
import { expectDenied } from './roles';

describe('what is put into YAML', () => {
  it('stands behind the last entry, in front of what follows, with comments as they are', () => {
    const text = 'roles:\n  A:\n    kind: x # why\n\n# Then:\nsecurity: [s]\n';
    expect(addToMap(text, ['roles'], 'B', '\n  kind: y')).toBe(
      'roles:\n  A:\n    kind: x # why\n  B:\n    kind: y\n\n# Then:\nsecurity: [s]\n',
    );
    expect(addToMap(text, ['roles'], 'A', 'z')).toBe(text);
  });

  it('is one more in a list of either form', () => {
    expect(addToList('a: { b: [x, y] }\n', ['a', 'b'], 'z')).toBe('a: { b: [x, y, z] }\n');
    expect(addToList('a: [\n    x,\n  ]\n', ['a'], 'z')).toBe('a: [\n    x, z,\n  ]\n');
    expect(addToList('a: []\n', ['a'], 'z')).toBe('a: [z]\n');
    expect(addToList('a: [z]\n', ['a'], 'z')).toBe('a: [z]\n');
    expect(addToList('a:\n  - x\nb: 1\n', ['a'], 'z')).toBe('a:\n  - x\n  - z\nb: 1\n');
    expect(addToSequence('a:\n  - p: 1\n    q: 2\nb: 1\n', ['a'], 'p: 3\nq: 4')).toBe(
      'a:\n  - p: 1\n    q: 2\n  - p: 3\n    q: 4\nb: 1\n',
    );
  });

  it('lets a role be denied in both environments, once', () => {
    const group = (roles: string, sees: string, environments = 'production, development') =>
      `  - roles: [${roles}]\n    environments: [${environments}]\n    sees: ${sees}\n`;
    const head = 'table: t\nexpect:\n';
    const before = `${head}${group('A', '{}')}${group('B', 'denied')}`;
    expect(expectDenied(before, 'C')).toBe(`${head}${group('A', '{}')}${group('B, C', 'denied')}`);
    expect(expectDenied(before, 'A')).toBe(before);
    const partly = `${head}${group('B', 'denied', 'production')}`;
    expect(expectDenied(partly, 'C')).toBe(`${partly}\n${group('C', 'denied')}`);
  });
});
