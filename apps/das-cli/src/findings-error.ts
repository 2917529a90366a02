/** What was looked at is not as it should be: everything has been printed, and the exit code says so. */
export class FindingsError extends Error {}

export const FINDINGS_EXIT_CODE = 1;
