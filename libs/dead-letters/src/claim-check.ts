import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Failure, type Coordinates } from '@das/pipeline';

const SCHEME = 'claim:';

/** Keeps sealed payloads that do not fit into a row; the row holds the reference. */
export interface ClaimCheck {
  /** Durable when it returns. The same record gets the same claim, so a replay leaves one. @throws Failure */
  deposit(sealed: string, coordinates: Coordinates): string;
  /** @returns undefined when this is no claim, or nothing is kept under it */
  redeem(reference: string): string | undefined;
}

/** Whether a DEAD_PAYLOAD is a reference. */
export function isClaim(text: string): boolean {
  return text.startsWith(SCHEME);
}

/** Claims as files of a directory, one each, mode 0600. */
export function createClaimDirectory(directory: string): ClaimCheck {
  return {
    deposit(sealed, { source, epoch, partition, position }) {
      const name = createHash('sha256')
        .update(JSON.stringify([source, epoch, partition, position]))
        .digest('hex');
      const path = join(directory, name);
      try {
        // What is there already is the same record, sealed before a crash.
        if (!existsSync(path)) writeDurably(directory, path, sealed);
      } catch (cause) {
        throw new Failure('setup', 'claim_check', 'an oversized dead letter could not be kept', {
          cure: 'see that the directory named by DAS_CLAIM_DIR can be written and has room',
          cause,
        });
      }
      return `${SCHEME}${name}`;
    },
    redeem(reference) {
      if (!/^claim:[0-9a-f]{64}$/.test(reference)) return undefined;
      const path = join(directory, reference.slice(SCHEME.length));
      return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    },
  };
}

function writeDurably(directory: string, path: string, text: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const aside = `${path}.${process.pid}.tmp`;
  const file = openSync(aside, 'w', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(aside, path);
  const parent = openSync(directory, 'r');
  try {
    fsyncSync(parent);
  } finally {
    closeSync(parent);
  }
}
