import type { StreamContract } from '@das/contracts';
import type { Terminal } from './terminal';

/** What a command gets from the process that it runs in. */
export interface CliContext {
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  /** Every stream of every domain. */
  readonly contracts: readonly StreamContract[];
  /** Aborted by Ctrl-C: stop, and leave everything as it is. */
  readonly signal: AbortSignal;
}
