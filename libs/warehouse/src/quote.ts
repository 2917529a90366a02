import type { Place } from './warehouse';

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function tableOf({ database, schema, name }: Place['table']): string {
  return [database, schema, name].map(quote).join('.');
}
