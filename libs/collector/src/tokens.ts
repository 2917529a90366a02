export const CONFIG = Symbol('CollectorConfig');
export const DECLARATION = Symbol('CollectorDeclaration');
export const INGEST = Symbol('Ingest');
/** Ends the process with the failure's exit code. */
export const FATAL = Symbol('fatal');
