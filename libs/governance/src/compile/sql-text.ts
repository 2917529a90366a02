export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function qualified(...parts: readonly string[]): string {
  return parts.map(identifier).join('.');
}

export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** DuckDB knows no escapes. */
export function duckLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Fills in what a template names in braces. @throws Error for a name that nobody gives */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{([A-Za-z_]\w*)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`{${name}} is neither an argument nor a mapping table`);
    return value;
  });
}

/** `NUMBER(12,2)` to `NUMBER`. */
export function baseType(type: string): string {
  return type.replace(/\(.*/, '').toUpperCase();
}

export function isRole(role: string): string {
  return `is_role_in_session('${role.replaceAll("'", "''")}')`;
}
