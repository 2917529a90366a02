import { Failure } from '@das/pipeline';
import { RecordedSession } from '../testing/recorded-session';
import { Ledger, takeBack } from './ledger';

const never = new AbortController().signal;

it('takes back what was made, what came last first, as the role that made it', async () => {
  const session = new RecordedSession();
  const ledger = new Ledger(session, never);
  await ledger.make('CREATE 1', 'DROP 1');
  await ledger.run('INSERT');
  await ledger.make('CREATE 2', 'DROP 2');
  expect(await ledger.takeBack('OWNER')).toEqual([]);
  expect(session.statements).toEqual([
    'CREATE 1',
    'INSERT',
    'CREATE 2',
    'USE ROLE "OWNER"',
    'DROP 2',
    'DROP 1',
  ]);
  expect(await ledger.takeBack('OWNER')).toEqual([]);
  expect(session.statements).toHaveLength(6);
});

it('takes back also what was cut off, and is not interrupted itself', async () => {
  const interruption = new AbortController();
  const session = new RecordedSession([[/CREATE 2/, new Error('cut off')]]);
  const ledger = new Ledger(session, interruption.signal);
  await ledger.make('CREATE 1', 'DROP 1');
  await expect(ledger.make('CREATE 2', 'DROP 2')).rejects.toThrow('cut off');
  interruption.abort();
  await expect(ledger.make('CREATE 3', 'DROP 3')).rejects.toThrow();
  await ledger.takeBack('OWNER');
  expect(session.statements.slice(2)).toEqual(['USE ROLE "OWNER"', 'DROP 3', 'DROP 2', 'DROP 1']);
});

it('goes on where one statement is refused, and tells which', async () => {
  const session = new RecordedSession([[/DROP 2/, new Failure('setup', 'refused', 'it is used elsewhere')]]);
  expect(await takeBack(session, 'OWNER', ['DROP 3', 'DROP 2', 'DROP 1'])).toEqual([
    { statement: 'DROP 2', why: 'it is used elsewhere' },
  ]);
  expect(session.statements).toContain('DROP 1');
});

it('does not wait once for each statement where the account cannot be reached', async () => {
  const session = new RecordedSession([
    [/./, new Failure('transient', 'warehouse_unreachable', 'nobody answers')],
  ]);
  expect(await takeBack(session, 'OWNER', ['DROP 2', 'DROP 1'])).toEqual([
    { statement: 'DROP 2', why: 'not tried' },
    { statement: 'DROP 1', why: 'not tried' },
  ]);
  expect(session.statements).toEqual(['USE ROLE "OWNER"']);
});
