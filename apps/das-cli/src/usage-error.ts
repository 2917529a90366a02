/** Something about the command line that the user can mend: one line, exit code 2. */
export class UsageError extends Error {}

export const USAGE_EXIT_CODE = 2;
