import { spawn } from 'node:child_process';
import { paths } from './console.mjs';

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  // The child gets the terminal's own Ctrl-C too; it decides when to end, and this process ends after it.
  process.on(signal, () => {
    if (running.size === 0) process.exit(signal === 'SIGINT' ? 130 : 143);
    if (signal === 'SIGTERM') for (const child of running) child.kill(signal);
  });
}

/** @returns {Promise<{code: number, output: string}>} output: only what was captured */
export function run(command, args, { capture = false, env = {}, cwd = paths.root } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = capture ? ['ignore', 'pipe', 'pipe'] : ['inherit', 'inherit', 'inherit'];
    const child = spawn(command, args, { cwd, stdio, env: { ...process.env, ...env } });
    running.add(child);
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => {
      running.delete(child);
      reject(error);
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 1), output });
    });
  });
}

/** Runs Node with the terminal; resolves to the exit code. */
export async function runNode(args) {
  return (await run(process.execPath, args)).code;
}

/** A tool of node_modules, without a shell and without npm's start-up time. */
export function bin(name) {
  return `${paths.root}/node_modules/.bin/${name}`;
}
