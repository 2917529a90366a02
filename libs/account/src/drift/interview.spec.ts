import { account, asDeclared } from '../testing/drifting';
import { followUps, questions } from './interview';
import { ASK_OBJECTS } from './object-questions';
import { readSnapshot } from './read-snapshot';
import { recordAnswers } from './record-answers';

it('asks of an account that has nothing no more than whether it has', () => {
  const answers = Object.fromEntries(questions(account).map((question) => [question, []]));
  expect(followUps(account, answers)).toEqual([]);
});

it('asks what is there what it is, and takes nothing for absent that was not asked', () => {
  const asked = followUps(account, asDeclared.answers);
  expect(asked).toContain('DESCRIBE USER "TRANSFORM_SERVICE"');
  expect(asked).toContain(`SHOW PARAMETERS LIKE 'NETWORK_POLICY' IN USER "TRANSFORM_SERVICE"`);
  expect(asked).toContain('DESCRIBE PROCEDURE "BROOK_COMMERCE"."OPS"."GIVE_BREAK_GLASS"(VARCHAR, VARCHAR)');
  expect(readSnapshot(JSON.stringify(asDeclared), account)).toEqual({ snapshot: asDeclared });
  for (const question of asked) {
    const answers = Object.fromEntries(
      Object.entries(asDeclared.answers).filter(([one]) => one !== question),
    );
    expect(readSnapshot(JSON.stringify({ ...asDeclared, answers }), account)).toEqual({
      fault: `1 questions have no answer, such as: ${question}`,
    });
  }
});

it('asks for no user but programs, each by name', () => {
  const users = questions(account).filter((question) => question.startsWith('SHOW USERS'));
  expect(users).toHaveLength(Object.keys(account.services).length);
  expect(users).toContain(ASK_OBJECTS.settings('USER', 'API_SERVICE'));
  expect(users).toContain(String.raw`SHOW USERS LIKE 'API\\_SERVICE'`);
});

it('asks in two rounds, each question once, and of the second only what is there', async () => {
  const asked: string[] = [];
  const ask = async (statement: string) => {
    asked.push(statement);
    const { [statement]: rows } = asDeclared.answers;
    if (rows === undefined) throw new Error(`Snowflake would not know: ${statement}`);
    return Promise.resolve(rows);
  };
  expect(await recordAnswers(account, ask)).toEqual(asDeclared.answers);
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.findIndex((one) => one.startsWith('DESCRIBE'))).toBe(questions(account).length);
});
