/** What the caller can mend: a name that is taken or no name, a domain that is not there. One line, with its cure. */
export class ScaffoldError extends Error {}
