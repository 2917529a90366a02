import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from './console.mjs';

/**
 * Whether node_modules holds what package-lock.json asks for. npm leaves there a list of what it installed,
 * as its last act; so an `npm install` by hand needs no second one, and one that broke off is seen.
 */
export function matchesLock() {
  const installed = packagesOf('node_modules/.package-lock.json');
  if (installed === undefined) return false;
  return Object.entries(packagesOf('package-lock.json') ?? {})
    .filter(([path]) => path.includes('node_modules/'))
    .every(([path, { version, integrity, optional }]) => {
      const present = installed[path];
      // Other operating systems' binaries are listed and not installed.
      if (present === undefined) return optional === true;
      return present.version === version && present.integrity === integrity;
    });
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(paths.root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
