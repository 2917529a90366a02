import { hidingPolicy, type HiddenColumn } from '../hidden-column';
import type { Classification } from '../stream-contract';
import { literal, qualified } from './sql-text';

/** What a column of BRONZE or OPS is created with: its class, and the mask of what is hidden. */
export function columnProtection(
  database: string,
  classification: Classification,
  hidden: HiddenColumn | undefined,
): string {
  const tagged = ` WITH TAG (${qualified(database, 'OPS', 'CLASSIFICATION')} = ${literal(classification)})`;
  return hidden === undefined
    ? tagged
    : ` WITH MASKING POLICY ${qualified(database, 'OPS', hidingPolicy(hidden))}${tagged}`;
}
