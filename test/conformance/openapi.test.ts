import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const FILES = readdirSync(join(ROOT, 'contracts'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.openapi.json'))
  .map((name) => join('contracts', name));
const COMMAND = join(ROOT, '.tools', 'python', 'bin', 'openapi-spec-validator');

const validate = (input: string, ...files: string[]) =>
  spawnSync(COMMAND, ['--schema', '3.1', ...files], { encoding: 'utf8', cwd: ROOT, input });

/** A validator that is not ours takes the schemas of products for OpenAPI 3.1. */
describe('openapi-spec-validator', () => {
  it('passes every product', () => {
    expect(FILES.length).toBeGreaterThanOrEqual(4);
    const { status, stdout } = validate('', ...FILES);
    expect({ status, stdout }).toEqual({ status: 0, stdout: FILES.map((file) => `${file}: OK\n`).join('') });
  });

  it('would not pass a type that there is none of', () => {
    const schemas = { Row: { type: 'decimal' } };
    const info = { title: 'x', version: '1.0.0' };
    expect(validate(JSON.stringify({ openapi: '3.1.0', info, components: { schemas } }), '-').status).toBe(1);
  });
});
