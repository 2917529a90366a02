import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ContractError,
  diffTrees,
  lintTree,
  parseAccess,
  parseContracts,
  type AccessBook,
  type ContractText,
  type ContractTree,
  type OdcsDocument,
} from '@das/contracts';
import {
  disagreements,
  loadExpectations,
  loadShareExpectations,
  showLocal,
  showShares,
} from '@das/governance';
import { roleMutants } from './mutants/access-mutants';
import { contractMutants } from './mutants/contract-mutants';
import type { Mutant } from './mutants/mutant';
import { shareMutants } from './mutants/share-mutants';
import { maskingMutants, rowAccessMutants } from './mutants/policy-mutants';

const CONTRACTS = join(__dirname, '../../../contracts');

const files = new Map(
  readdirSync(CONTRACTS, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && !path.includes('node_modules'))
    .map((path) => [path, readFileSync(join(CONTRACTS, path), 'utf8')]),
);
const tree: ContractTree = new Map([...files].map(([file, text]) => [file, { file, text }]));
const expected = loadExpectations(CONTRACTS);
const ofShares = loadShareExpectations(CONTRACTS);
const ofContracts = contractMutants(files);

function withMutant({ file, text }: Mutant): ContractTree {
  return new Map(tree).set(file, { file, text });
}

/** Of one file: the rest is as it was. */
function only(file: string, from: ContractTree): ContractTree {
  return new Map([...from].filter(([path]) => path === file));
}

/** What stops it: the contracts are not sound, or the gate asks two people. */
function caughtByGate(mutant: Mutant): 'lint' | 'diff' | undefined {
  const head = withMutant(mutant);
  if (diffTrees(only(mutant.file, tree), only(mutant.file, head)).breaking) return 'diff';
  return lintTree(head, '2026-11-27').length > 0 ? 'lint' : undefined;
}

describe('a mutant that weakens one thing', () => {
  it('is caught by the gate, whatever it weakens in a contract, a role or a policy', () => {
    const mutants = [
      ...ofContracts,
      ...roleMutants(files),
      ...maskingMutants(files),
      ...rowAccessMutants(files),
      ...shareMutants(files),
    ];
    const caught = mutants.map((mutant) => ({ name: mutant.name, by: caughtByGate(mutant) }));
    expect(caught.filter(({ by }) => by === undefined).map(({ name }) => name)).toEqual([]);
    expect(mutants.length).toBeGreaterThan(200);
  });

  // The gate asks people, and people may say yes: what a policy that is used shows is held to literals besides.
  it('is caught by an expectation, where it is what a policy shows', async () => {
    const used =
      /^policies\/masking\.yaml: (domain|last2|initials|region|nothing) (?!of .*snowflake)|^policies\/row-access\.yaml: (region|purpose) /;
    const mutants = [...maskingMutants(files), ...rowAccessMutants(files)].filter(({ name }) =>
      used.test(name),
    );
    expect(mutants.length).toBeGreaterThanOrEqual(10);
    const { documents } = understood(tree);
    const passed: string[] = [];
    for (const mutant of mutants) {
      const { access } = understood(withMutant(mutant));
      const some =
        mutant.file === 'policies/masking.yaml' ? of('orders', 'customers') : of('order_lines', 'member_360');
      if (disagreements(some, await showLocal(documents, access, some)).length === 0)
        passed.push(mutant.name);
    }
    expect(passed).toEqual([]);
  });

  it('is caught by an expectation, where a column of GOLD is seen by one more role, or loses its mask', async () => {
    const wanted =
      /(orders|customers)\.odcs\.yaml: (orders|customers|customers_scd)\..* (is clear for one more role|has no mask)$/;
    const mutants = ofContracts.filter(({ name }) => wanted.test(name));
    expect(mutants.length).toBeGreaterThanOrEqual(20);
    const { access } = understood(tree);
    const passed: string[] = [];
    for (const mutant of mutants) {
      // Every contract of the domain says the same of a kind: all of them are weakened, or the contracts are refused.
      const documents = attempt(withMutant(mutant));
      if (documents === undefined) continue;
      const some = of(wanted.exec(mutant.name)?.[2]);
      if (disagreements(some, await showLocal(documents, access, some)).length === 0)
        passed.push(mutant.name);
    }
    expect(passed).toEqual([]);
  });

  it('is caught by what an account outside is expected to see, where it sees more, or another one does', async () => {
    const wanted = / has (regions|account) |^policies\/masking\.yaml: domain (?!of .*snowflake)/;
    const mutants = [...shareMutants(files), ...maskingMutants(files)].filter(({ name }) =>
      wanted.test(name),
    );
    expect(mutants.length).toBeGreaterThanOrEqual(7);
    // What is shared, and nothing that has to be parsed beside it.
    const some = new Map([...tree].filter(([path]) => !/^(?!brook_commerce|policies)\w+\//.test(path)));
    const passed: string[] = [];
    for (const { name, file, text } of mutants) {
      const { documents, access } = understood(new Map(some).set(file, { file, text }));
      if (disagreements(ofShares, await showShares(documents, access, ofShares)).length === 0)
        passed.push(name);
    }
    expect(passed).toEqual([]);
  });
});

/** The expectations of some tables. */
function of(...tables: readonly (string | undefined)[]): typeof expected {
  return expected.filter(({ table }) => tables.includes(table));
}

function understood(from: ContractTree): {
  readonly documents: readonly OdcsDocument[];
  readonly access: AccessBook;
} {
  const text = (path: string): ContractText => from.get(path) ?? { file: path, text: '' };
  return {
    documents: parseContracts(contractsOf(from)),
    access: parseAccess({
      roles: text('roles.yaml'),
      masking: text('policies/masking.yaml'),
      rowAccess: text('policies/row-access.yaml'),
      constraints: text('policies/constraints.yaml'),
    }),
  };
}

function contractsOf(from: ContractTree): readonly ContractText[] {
  return [...from].filter(([path]) => path.endsWith('.odcs.yaml')).map(([, text]) => text);
}

/** Undefined: they are refused, which catches it too. */
function attempt(from: ContractTree): readonly OdcsDocument[] | undefined {
  try {
    return parseContracts(contractsOf(from));
  } catch (thrown) {
    if (thrown instanceof ContractError) return undefined;
    throw thrown;
  }
}
