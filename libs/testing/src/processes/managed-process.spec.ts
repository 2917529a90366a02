import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port';
import { ManagedProcess } from './managed-process';

describe('a managed process', () => {
  let dir: string;
  beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'das-process-'))));
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });

  let started = 0;
  const start = (script: string, command = process.execPath): ManagedProcess => {
    const logFile = join(dir, `${started++}.log`);
    return ManagedProcess.start({ name: 'child', command, args: ['-e', script], logFile });
  };

  it('is ready with its first line, and ends when it is asked to', async () => {
    const child = start(
      `process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1e6); console.log('up'); console.log('more');`,
    );
    expect(await child.ready()).toBe('up');
    expect(child.exit).toBeUndefined();
    expect(await child.stop()).toBe(7);
    expect(child.exit).toBe(7);
  });

  it('is killed when it does not end within the bound', async () => {
    const child = start(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6); console.log('up')`);
    await child.ready();
    expect(await child.stop(50)).toBe('SIGKILL');
  });

  it('says its last words when it ends before it is ready', async () => {
    const child = start(`console.error('first'); console.error('no such table'); process.exitCode = 3`);
    await expect(child.ready()).rejects.toThrow(
      /child ended \(3\) before it was ready:\nfirst\nno such table$/,
    );
    expect(child.tail(1)).toBe('no such table');
  });

  it('ends at once when there is no such command', async () => {
    const child = start('', join(dir, 'missing'));
    await expect(child.ready()).rejects.toThrow(/ENOENT/);
  });

  it('is not ready for ever', async () => {
    const child = start('setInterval(() => {}, 1e6)');
    await expect(child.ready(50)).rejects.toThrow('child was not ready after 50 ms');
    await child.kill9();
    expect(child.exit).toBe('SIGKILL');
  });

  it('waits for a 200, whatever is answered before', async () => {
    const port = await freePort();
    const child = start(
      `let asked = 0; require('node:http').createServer((_, answer) => { answer.statusCode = ++asked < 3 ? 503 : 200; answer.end(String(asked)); }).listen(${port}, '127.0.0.1')`,
    );
    const url = `http://127.0.0.1:${port}`;
    await child.answers(url);
    expect(Number(await (await fetch(url)).text())).toBe(4);
    await child.kill9();
  });
});
