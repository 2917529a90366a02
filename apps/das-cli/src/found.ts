/** Something was found that fails, and was told already: exit code 1. */
export class Found extends Error {}

export const FOUND_EXIT_CODE = 1;
