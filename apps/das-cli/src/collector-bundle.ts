import { join } from 'node:path';
import type { StreamContract } from '@das/contracts';
import { collectorOf } from './streams';
import { UsageError } from './usage-error';

/** A collector's bundle, which stands beside this one. @throws UsageError */
export function bundleOf(contract: StreamContract, name = collectorOf(contract)): string {
  if (!/^[a-z0-9-]+$/.test(name)) throw new UsageError('--collector takes the name of an app');
  return join(__dirname, '..', name, 'main.js');
}
