/** The first byte of Confluent's wire format, then the schema's id (four bytes, big-endian), then the payload. */
const MAGIC = 0;
export const HEADER_BYTES = 5;

/** The id of the schema that a record was written with; undefined: not in the wire format. */
export function schemaIdOf(value: Uint8Array): number | undefined {
  if (value.length < HEADER_BYTES || value[0] !== MAGIC) return undefined;
  // A shift by 24 would make the highest ids negative.
  return (value[1] ?? 0) * 0x1000000 + (((value[2] ?? 0) << 16) | ((value[3] ?? 0) << 8) | (value[4] ?? 0));
}
