import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { ProtocolError } from './protocol-error';

/** On the wire, per request: the smaller of the documented limits. */
const MAX_WIRE_BYTES = 4 * 1024 * 1024;
/** Read to its end all the same, so that the client is there to hear that it was too much. */
const MAX_DRAINED_BYTES = 16 * 1024 * 1024;
const MAX_INFLATED_BYTES = 64 * 1024 * 1024;

const gunzip = promisify(zlib.gunzip);
/** Node has zstd from 22.15 on; before, a decoder in JavaScript serves, for the official SDK sends nothing else. */
const unzstd = 'zstdDecompress' in zlib ? promisify(zlib.zstdDecompress as typeof zlib.gunzip) : undefined;

/** @param keep - false: it is read and forgotten. @throws ProtocolError 413 */
export async function readBody(request: IncomingMessage, keep = true): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length;
    if (keep && length <= MAX_WIRE_BYTES) parts.push(part);
    if (length > MAX_DRAINED_BYTES) break;
  }
  if (length > MAX_WIRE_BYTES)
    throw new ProtocolError(413, 'REQUEST_TOO_LARGE', 'a request is at most 4 MB on the wire');
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}

/** @returns an empty object for an empty body. @throws ProtocolError 400 */
export async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const body = await readBody(request);
  if (body.length === 0) return {};
  try {
    const json = JSON.parse(body.toString('utf8')) as unknown;
    if (typeof json === 'object' && json !== null) return json as Readonly<Record<string, unknown>>;
  } catch {
    // Refused below.
  }
  throw new ProtocolError(400, 'MALFORMED_BODY', 'the body is not a JSON object');
}

/** @throws ProtocolError 415 */
export function checkEncoding(encoding: string | undefined): void {
  if (encoding === undefined || encoding === 'gzip' || encoding === 'zstd') return;
  throw new ProtocolError(415, 'UNSUPPORTED_ENCODING', 'content-encoding is gzip or zstd');
}

/** @throws ProtocolError for a body that is not what its encoding says, or inflates beyond 64 MB */
export async function inflate(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  const options = { maxOutputLength: MAX_INFLATED_BYTES };
  try {
    if (encoding === 'gzip') return await gunzip(body, options);
    if (encoding === 'zstd')
      return unzstd === undefined ? unzstdInJavaScript(body) : await unzstd(body, options);
    return body;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE' || error instanceof ProtocolError) throw inflatesTooFar();
    throw new ProtocolError(400, 'MALFORMED_BODY', 'the body is not what content-encoding says');
  }
}

/** @throws ProtocolError beyond 64 MB; an error without a code for what is not zstd */
function unzstdInJavaScript(body: Buffer): Buffer {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = new Decompress((part) => {
    length += part.length;
    if (length > MAX_INFLATED_BYTES) throw inflatesTooFar();
    parts.push(part);
  });
  stream.push(body, true);
  return Buffer.concat(parts);
}

const inflatesTooFar = (): ProtocolError =>
  new ProtocolError(413, 'REQUEST_TOO_LARGE', 'a request is at most 64 MB uncompressed');
