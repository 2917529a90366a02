/** A file to be written, its path relative to the repository's root. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}
