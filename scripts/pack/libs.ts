import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

export interface Lib {
  /** In `libs/`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Of what only this repository has: servers, contracts, oracles. */
const NOT_PACKED = ['testing'];

/** The libs that are named, and all that those need; every one where none is named. @throws Error for an unknown name */
export function libsWith(root: string, names: readonly string[]): readonly Lib[] {
  const all = new Map(
    readdirSync(join(root, 'libs'))
      .filter(
        (folder) => !NOT_PACKED.includes(folder) && existsSync(join(root, 'libs', folder, 'package.json')),
      )
      .map((folder): readonly [string, Lib] => {
        const manifest = JSON.parse(
          readFileSync(join(root, 'libs', folder, 'package.json'), 'utf8'),
        ) as Manifest;
        return [manifest.name, { folder, manifest }];
      }),
  );
  const wanted = new Map<string, Lib>();
  const pending = names.length === 0 ? [...all.keys()] : [...names];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const lib = all.get(name);
    if (lib === undefined) throw new Error(`there is no lib ${name}: ${[...all.keys()].join(', ')} are`);
    if (wanted.has(name)) continue;
    wanted.set(name, lib);
    pending.push(...Object.keys(lib.manifest.dependencies ?? {}).filter((one) => one.startsWith('@das/')));
  }
  return [...wanted.values()].sort((one, other) => (one.folder < other.folder ? -1 : 1));
}
