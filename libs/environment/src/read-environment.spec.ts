import { z } from 'zod';
import { readEnvironment } from './read-environment';

const schema = z.object({
  NAME: z.string(),
  PORT: z.coerce.number().int().default(1),
  NOTE: z.string().optional(),
});

describe('readEnvironment', () => {
  it('takes an empty variable for one that is not set, and freezes what it read', () => {
    const read = readEnvironment(schema, { NAME: 'a', PORT: '', OTHER: 'x' });
    expect(read).toEqual({ NAME: 'a', PORT: 1 });
    expect(Object.isFrozen(read)).toBe(true);
  });

  it('names every wrong variable at once, and no value', () => {
    const act = () => readEnvironment(schema, { PORT: 'a-secret' });
    expect(act).toThrow(expect.objectContaining({ kind: 'setup', code: 'config' }) as Error);
    expect(act).toThrow(/^NAME: is not set; PORT: /);
    expect(act).not.toThrow(/secret/);
  });
});
