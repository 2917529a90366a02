import { z } from 'zod';

export const text = z.string().min(1);
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
export const seconds = z.coerce.number().positive().max(3600);

/** Notes a fault where the setting is missing. */
export type Need<Key extends string> = (key: Key, why: string) => void;

/** The configuration's own rules guarantee it. */
export function required(value: string | undefined): string {
  if (value === undefined) throw new Error('a setting that its rule requires is missing');
  return value;
}
