/** The parts of a name as SHOW tells it, `DB.SCHEMA."my table"`. */
export function partsOf(name: string): readonly string[] {
  return [...name.matchAll(/"((?:[^"]|"")*)"|([^."]+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
}

/** Dotted, unquoted, as names are declared. */
export function dotted(name: string): string {
  return partsOf(name).join('.');
}

/** `DYNAMIC_TABLE` to `DYNAMIC TABLE`. */
export function kindOf(told: unknown): string {
  return String(told).replaceAll('_', ' ');
}

/** A procedure is told with its arguments' names and what it returns: `NAME(A VARCHAR, B NUMBER):VARCHAR`. */
export function objectOf(on: string, name: string): string {
  if (on === 'ACCOUNT') return '';
  if (on !== 'PROCEDURE' && on !== 'FUNCTION') return dotted(name);
  const parts = partsOf(name);
  const [, called = '', args = ''] = /^(\w+)\((.*?)\)(?::|$)/.exec(parts.at(-1) ?? '') ?? [];
  const types = args.split(',').map((argument) => argument.trim().split(/\s+/).at(-1) ?? '');
  return [...parts.slice(0, -1), `${called}(${types.join(', ')})`].join('.');
}
