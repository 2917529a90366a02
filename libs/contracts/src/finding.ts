/** One thing that is wrong with a contract, where it stands, and what would mend it. */
export interface Finding {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Dotted path in the document, such as `schema.0.properties.3.classification`. */
  readonly path: string;
  readonly message: string;
}

/** Keys and indexes from the document's root. */
export type Path = readonly (string | number)[];

/** Something wrong at a path of a document, before its place in the file is known. */
export interface Fault {
  readonly path: Path;
  readonly message: string;
}

/** A contract that cannot be used, with everything that is wrong with it. */
export class ContractError extends Error {
  constructor(readonly findings: readonly Finding[]) {
    super(findings.map(formatFinding).join('\n'));
    this.name = 'ContractError';
  }
}

/** `file:line:column path: message`, which editors and terminals turn into a link. */
export function formatFinding({ file, line, column, path, message }: Finding): string {
  return `${file}:${line}:${column} ${path === '' ? '(document)' : path}: ${message}`;
}
