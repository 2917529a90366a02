import type { IncomingMessage } from 'node:http';
import type { Operation } from './faults';

/** Which call of the protocol a request is, as far as its line tells. */
export function operationOf({ method, url = '/' }: IncomingMessage): Operation | undefined {
  const [path = ''] = url.split('?');
  if (path === '/v2/streaming/hostname') return 'hostname';
  if (path === '/oauth/token') return 'token';
  if (path.endsWith(':bulk-channel-status')) return 'status';
  if (!path.includes('/channels/')) return undefined;
  if (path.endsWith('/rows')) return 'append';
  return method === 'DELETE' ? 'drop' : 'open';
}
