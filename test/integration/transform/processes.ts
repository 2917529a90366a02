import { execFileSync } from 'node:child_process';

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function running(): readonly Running[] {
  return execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
    });
}

/** Who works in a folder: those whose command names it. */
export function workingIn(folder: string): readonly number[] {
  return running()
    .filter(({ command }) => command.includes(folder))
    .map(({ pid }) => pid);
}

/** Processes that it started, each of which leads a group. */
export function childrenOf(pid: number | undefined): readonly number[] {
  return running()
    .filter(({ parent }) => parent === pid)
    .map((child) => child.pid);
}

/** kill -9 of the groups that these lead; of those that are gone already nothing. */
export function killGroups(leaders: readonly number[]): void {
  for (const pid of leaders) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It was quicker.
    }
  }
}
