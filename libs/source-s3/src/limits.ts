/** How much of an object's text is unpacked at once. */
export const CHUNK_BYTES = 256 * 1024;

/** The longest line, or row of CSV, that is read; a longer one makes its object unreadable. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** The largest row group of a Parquet file, unpacked: it is held in memory as a whole. */
export const MAX_ROW_GROUP_BYTES = 128 * 1024 * 1024;

/** Rows of a Parquet file that are delivered at once. */
export const PARQUET_BATCH = 1_000;
