import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { statementsOf } from '@das/governance';
import { startSnowflakeStandIn, type SnowflakeStandIn } from '@das/testing';

const ROOT = join(__dirname, '../../..');
const OPS = '"BROOK_COMMERCE"."OPS"';
const script = readFileSync(join(ROOT, 'sql/account/R__710_break_glass.sql'), 'utf8');
const tables = statementsOf(script).filter((sql) => sql.startsWith('CREATE TABLE'));
/** Of the procedure that tells, which no stand-in runs as a whole: what it marks, and what it writes. */
const telling = script.slice(script.indexOf('"TELL_BREAK_GLASS"'));
const marks = [...telling.matchAll(/UPDATE [^;]*/g)].map(([sql]) => sql);
const message = /LET WHAT VARCHAR := \(([\s\S]*?)\);/.exec(telling)?.[1] ?? '';

describe('what security is told of the emergency role', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-tell-'));
  let snowflake: SnowflakeStandIn;
  beforeAll(async () => {
    snowflake = await startSnowflakeStandIn(dir);
    snowflake.run([
      'create database "BROOK_COMMERCE"',
      'create schema "BROOK_COMMERCE"."OPS"',
      ...tables,
      `INSERT INTO ${OPS}."BREAK_GLASS_AUDIT" SELECT 'row_1', 'JO', 'KIM', 'bed 7 is unconscious', '2026-11-27 06:00:00+00', '2026-11-27 10:00:00+00', NULL, NULL`,
      ...['q1', 'q2'].map(
        (id, at) =>
          `INSERT INTO ${OPS}."BREAK_GLASS_QUERIES" SELECT '${id}', 'JO', 'SELECT', '2026-11-27 06:0${at + 1}:00+00', 3, NULL`,
      ),
    ]);
  }, 60_000);
  afterAll(async () => {
    await snowflake.stop();
    rmSync(dir, { recursive: true });
  });

  function told(mail: string): string {
    const [row = []] = snowflake.run([...marks, message].map((sql) => sql.replaceAll(':MAIL', `'${mail}'`)));
    return row[0] ?? '';
  }

  it('is who has it and how often it was used, once; not why, and not what was asked', () => {
    expect(marks).toHaveLength(2);
    expect(told('mail_1').split('\n')).toEqual([
      expect.stringMatching(
        /^JO asked 2 times as BREAK_GLASS, from 2026-11-27 06:01.* to 2026-11-27 06:02.*: mail_1 in BROOK_COMMERCE\.OPS\.BREAK_GLASS_QUERIES\.$/,
      ),
      expect.stringMatching(
        /^JO has BREAK_GLASS until 2026-11-27 10:00.*, from KIM: why, says row_1 in BROOK_COMMERCE\.OPS\.BREAK_GLASS_AUDIT\.$/,
      ),
    ]);
    expect(told('mail_2')).toBe('');
  });
});
