export const CONFIG = Symbol('CollectorConfig');
export const INGEST = Symbol('Ingest');
export const DECLARATION = Symbol('CollectorDeclaration');
