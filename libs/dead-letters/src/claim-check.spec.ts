import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClaimDirectory } from './claim-check';

const where = { source: 'journal:orders.v1', epoch: 1, partition: '0', position: '9' };

describe('the claim directory', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'das-claims-'))));
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('keeps one claim per record, however often it is deposited', () => {
    const claims = createClaimDirectory(join(directory, 'claims'));
    const first = claims.deposit('sealed once', where);
    expect(claims.deposit('sealed again after a crash', where)).toBe(first);
    expect(claims.redeem(first)).toBe('sealed once');
    expect(readdirSync(join(directory, 'claims'))).toHaveLength(1);
  });

  it('redeems nothing that is not a claim', () => {
    const claims = createClaimDirectory(directory);
    expect(claims.redeem('claim:../../etc/passwd')).toBeUndefined();
    expect(claims.redeem(`claim:${'0'.repeat(64)}`)).toBeUndefined();
  });

  it('fails as set-up, naming the setting, when it cannot write', () => {
    const blocked = join(directory, 'file');
    writeFileSync(blocked, '');
    expect(() => createClaimDirectory(blocked).deposit('x', where)).toThrow(
      expect.objectContaining({
        kind: 'setup',
        cure: expect.stringContaining('DAS_CLAIM_DIR') as string,
      }) as Error,
    );
  });
});
