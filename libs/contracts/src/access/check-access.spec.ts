import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseContract } from '../load-contract';
import { checkContractAccess } from './check-access';
import { loadAccess } from './load-access';

const CONTRACTS = join(__dirname, '../../../../contracts');
const access = loadAccess(CONTRACTS);

/** What is wrong with sessions after a change of its text. */
function faults(from: string, to: string): readonly string[] {
  const file = 'contracts/brook_commerce/sessions.odcs.yaml';
  const text = readFileSync(join(CONTRACTS, '..', file), 'utf8');
  const changed = text.replace(from, to);
  if (from !== '' && changed === text) throw new Error(`sessions has no ${from}`);
  return checkContractAccess(parseContract(changed, file), access, []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
}

const ROWS = '{ policy: region, columns: { region: region } }';
const AT = 'schema.0.customProperties.0';

it('finds nothing in a contract that fits its roles and policies', () => {
  expect(faults('', '')).toEqual([]);
});

it.each([
  [
    'a policy that is not there',
    '{ policy: regoin, columns: { region: region } }',
    `${AT}: regoin is no policy of policies/row-access.yaml: region, care_team, purpose, member are`,
  ],
  [
    'an argument too few',
    '{ policy: care_team, columns: { region: region } }',
    `${AT}: care_team decides by patient and region, and is given region: name each, in this order`,
  ],
  [
    'arguments the other way round',
    '{ policy: care_team, columns: { region: region, patient: customer_id } }',
    `${AT}: care_team decides by patient and region, and is given region and patient: name each, in this order`,
  ],
  [
    'a column of another type',
    '{ policy: purpose, columns: { purpose: device, consented: region } }',
    `${AT}.value.columns.consented: region is VARCHAR, and the policy takes BOOLEAN as its consented`,
  ],
])('refuses %s for row access', (_, to, expected) => {
  expect(faults(ROWS, to)).toContain(expected);
});

it('lets a policy decide by several columns', () => {
  expect(faults(ROWS, '{ policy: care_team, columns: { patient: customer_id, region: region } }')).toEqual(
    [],
  );
});

it('knows the constraints that there are', () => {
  const grouped = (policy: string): readonly string[] =>
    faults(ROWS, `${ROWS}\n      - property: das.aggregation\n        value: { policy: ${policy} }`);
  expect(grouped('small_cells')).toEqual([]);
  expect(grouped('few')).toEqual([
    'schema.0.customProperties.1: few is no such constraint of policies/constraints.yaml: small_cells are',
  ]);
});
