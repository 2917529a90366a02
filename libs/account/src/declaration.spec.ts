import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContractError, loadAccess } from '@das/contracts';
import { parseAccount } from './declaration';

const folder = join(__dirname, '../../../contracts');
const access = loadAccess(folder);
const text = readFileSync(join(folder, 'account.yaml'), 'utf8');
const network = { file: 'network.yaml', text: readFileSync(join(folder, 'policies/network.yaml'), 'utf8') };

function faultsOf(changed: string): string {
  expect(changed).not.toBe(text);
  try {
    parseAccount({ file: 'account.yaml', text: changed }, network, access);
    return '';
  } catch (thrown) {
    if (thrown instanceof ContractError) return thrown.message;
    throw thrown;
  }
}

describe('account.yaml', () => {
  it.each([
    [
      'a role that is not there',
      text.replace('users: [TRANSFORMER]', 'users: [TRANSFORMR]'),
      'no role TRANSFORMR',
    ],
    [
      'a program with a role of people',
      text.replace('role: DATA_API', 'role: ANALYST_PHI'),
      'ANALYST_PHI is a role of people',
    ],
    ['a role that nobody has', text.replace(/ {2}API_SERVICE: .*\n/, ''), 'no service has the role DATA_API'],
    [
      'an address that is none',
      text.replace('tells: [security@brook.example', 'tells: [security at brook'),
      'breakGlass.tells',
    ],
    [
      'a network that is not there',
      text.replace('role: DATA_API, network: collectors', 'role: DATA_API, network: anywhere'),
      'no policy anywhere',
    ],
    [
      'people from where services come',
      text.replace('  network: people', '  network: collectors'),
      'no such policy for the account',
    ],
    [
      'more than a trial has',
      text.replace('development: 20 }', 'development: 120 }'),
      'may cost 420 USD a month',
    ],
    ['a size that is none', text.replace('production: SMALL', 'production: HUGE'), 'size.production'],
    ['a key that nobody knows', `${text}\nbudget: 3\n`, 'budget'],
  ])('is refused with %s', (_, changed, told) => {
    const faults = faultsOf(changed);
    expect(faults).toContain(told);
    expect(faults).toMatch(/^account\.yaml:\d+:\d+/m);
  });
});
