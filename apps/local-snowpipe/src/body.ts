import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { ProtocolError } from './protocol-error';

/** On the wire, per request: the smaller of the documented limits, and room for its overhead. */
const MAX_WIRE_BYTES = 4 * 1024 * 1024;
const MAX_INFLATED_BYTES = 64 * 1024 * 1024;

const gunzip = promisify(zlib.gunzip);
/** Node has zstd from 22.15 on. */
const unzstd = 'zstdDecompress' in zlib ? promisify(zlib.zstdDecompress as typeof zlib.gunzip) : undefined;

/** @throws ProtocolError 413 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_WIRE_BYTES)
      throw new ProtocolError(413, 'REQUEST_TOO_LARGE', 'a request is at most 4 MB on the wire');
    parts.push(part);
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}

/** @throws ProtocolError 415 */
export function checkEncoding(encoding: string | undefined): void {
  if (encoding === undefined || encoding === 'gzip' || (encoding === 'zstd' && unzstd !== undefined)) return;
  throw new ProtocolError(415, 'UNSUPPORTED_ENCODING', 'content-encoding is gzip, or zstd where Node has it');
}

/** @throws Error for a body that is not what its encoding says, or inflates beyond 64 MB */
export async function inflate(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  const options = { maxOutputLength: MAX_INFLATED_BYTES };
  if (encoding === 'gzip') return gunzip(body, options);
  if (encoding === 'zstd' && unzstd !== undefined) return unzstd(body, options);
  return body;
}
