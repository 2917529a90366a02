import { spawn } from 'node:child_process';
import { Interrupted, paths } from './console.mjs';

/** npm hands on a signal that the terminal, or a process manager, sent to everybody already. */
const SAME_SIGNAL_MS = 500;
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

const running = new Set();
/** Once set, no further step begins. */
let interrupted;
let lastSignalMs = 0;

for (const signal of Object.keys(EXIT_CODES)) {
  process.on(signal, () => {
    if (Date.now() - lastSignalMs < SAME_SIGNAL_MS) return;
    lastSignalMs = Date.now();
    interrupted ??= new Interrupted(EXIT_CODES[signal]);
    for (const stop of running) stop(signal);
  });
}

/**
 * Runs a command and waits for it. Each has a process group of its own, so that Ctrl-C reaches it once and
 * through here: a tool whose output is captured ends with all its children, an interactive one in its own order.
 * @returns {Promise<{code: number, output: string}>} output: only what was captured
 */
export function run(command, args, { capture = false } = {}) {
  if (interrupted !== undefined) return Promise.reject(interrupted);
  return new Promise((resolve, reject) => {
    const stdio = capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    const child = spawn(command, args, { cwd: paths.root, stdio, detached: true });
    const stop = (signal) => {
      try {
        process.kill(capture ? -child.pid : child.pid, signal);
      } catch {
        // It has ended already.
      }
    };
    running.add(stop);
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => {
      running.delete(stop);
      reject(error);
    });
    child.on('close', (code, signal) => {
      running.delete(stop);
      if (capture && interrupted !== undefined) reject(interrupted);
      else resolve({ code: code ?? EXIT_CODES[signal] ?? 1, output });
    });
  });
}

/** Runs Node with the terminal's output; resolves to the exit code. */
export async function runNode(args) {
  return (await run(process.execPath, args)).code;
}

/** A tool of node_modules, without a shell and without npm's start-up time. */
export function bin(name) {
  return `${paths.root}/node_modules/.bin/${name}`;
}
