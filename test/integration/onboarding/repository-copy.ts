import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

/** The repository as it is here, with a `node_modules` of its own, in which things can be made. */
export class RepositoryCopy {
  readonly dir = mkdtempSync(join(tmpdir(), 'das-onboarding-'));
  readonly root = join(this.dir, 'das');

  constructor() {
    // What git knows, and what is new and not ignored.
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    for (const path of listed.split('\0').filter((name) => name !== '')) copy(path, this.root);
    for (const folder of packageFolders()) copyTree(join(ROOT, folder), join(this.root, folder));
    // npm writes into it, and the copy's may be the same file.
    const lock = join('node_modules', '.package-lock.json');
    rmSync(join(this.root, lock));
    copyFileSync(join(ROOT, lock), join(this.root, lock));
    // dbt alone: what Snowflake is sent is rendered, and checked, elsewhere.
    mkdirSync(join(this.root, '.tools'));
    for (const name of ['dbt', 'dbt.sha256'])
      symlinkSync(join(ROOT, '.tools', name), join(this.root, '.tools', name));
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** The root's, and those of workspaces that have a version of their own of something. */
function packageFolders(): readonly string[] {
  const workspaces = ['apps', 'libs'].flatMap((place) =>
    readdirSync(join(ROOT, place)).map((name) => join(place, name, 'node_modules')),
  );
  return ['node_modules', ...workspaces.filter((folder) => existsSync(join(ROOT, folder)))];
}

function copy(path: string, to: string): void {
  mkdirSync(dirname(join(to, path)), { recursive: true });
  try {
    copyFileSync(join(ROOT, path), join(to, path));
  } catch (thrown) {
    // It is in git's index, and was deleted.
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
  }
}

/** By links where the file system has them, which takes a moment; or else in full. */
function copyTree(from: string, to: string): void {
  try {
    execFileSync('cp', ['-al', from, to], { stdio: 'ignore' });
  } catch {
    rmSync(to, { recursive: true, force: true });
    execFileSync('cp', ['-a', from, to]);
  }
}
