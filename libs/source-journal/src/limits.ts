/** The byte that ends a record. */
export const NEWLINE = 0x0a;

/** How much is read at once. */
export const CHUNK_BYTES = 1024 * 1024;

/** The longest line that is read or written, without its newline. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** The widest range whose records are counted. */
export const MAX_COUNTED_BYTES = 64 * 1024 * 1024;

/** Between looks at the directory and at the locks, milliseconds. */
export const SCAN_MS = 1000;
