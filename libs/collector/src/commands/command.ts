import type { Readable } from 'node:stream';
import type { CollectorConfig } from '../config';
import type { CollectorDeclaration } from '../declaration';

/** What a command of a collector's process gets. The das command is at the other end. */
export interface CommandParts {
  readonly declaration: CollectorDeclaration;
  readonly config: CollectorConfig;
  /** Lines of JSON from the das command. */
  readonly input: Readable;
  /** One line of JSON to it; waits for room. */
  readonly say: (message: unknown) => Promise<void>;
}

/** @throws Failure */
export type CollectorCommand = (parts: CommandParts) => Promise<void>;
