import type { World } from './world';

/** What a statement that a pattern takes does; its parts are what the pattern found. */
export type Effect = (parts: readonly string[], world: World, statement: string) => void;

/** A quoted name, as a part of a pattern. */
export const NAME = '("[^"]+"(?:\\."[^"]+")*)';

export const plain = (quoted = ''): string => quoted.replaceAll('"', '');
/** A kind as SHOW tells it. */
export const told = (kind = ''): string => kind.replaceAll(' ', '_');
export const lastOf = (name: string): string => name.split('.').at(-1) ?? '';
