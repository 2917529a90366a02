import { disagreements } from '../expectations/compare';
import { loadShareExpectations } from '../expectations/load-expectations';
import { showShares } from '../expectations/show-shares';
import { CONTRACTS, deployed } from '../testing/deployed';

const { documents, access } = deployed;
const expected = loadShareExpectations(CONTRACTS);
const TODAY = '2026-11-27';

describe('what an account outside sees by a share', () => {
  it('is what is expected, cell by cell', async () => {
    expect(expected.flatMap(({ cells }) => cells).length).toBeGreaterThan(300);
    expect(disagreements(expected, await showShares(documents, access, expected, TODAY))).toEqual([]);
  });

  it('is there on its last day, and nothing the day after', async () => {
    const rowsOn = async (today: string): Promise<number> => {
      const shown = await showShares(documents, access, expected, today);
      return shown.reduce((sum, { rows }) => sum + (rows?.size ?? 0), 0);
    };
    // Three rows of EMEA by one share, and two of the other, in two environments.
    expect(await rowsOn('2027-05-31')).toBe(10);
    expect(await rowsOn('2027-06-01')).toBe(6);
    expect(await rowsOn('2027-12-01')).toBe(0);
  });
});
