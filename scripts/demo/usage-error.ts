/** A wrong option: one line, exit code 2. */
export class UsageError extends Error {}
