import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCli } from '../apps/das-cli/src/run-cli';
import { STREAMS } from '../apps/das-cli/src/streams';
import { systemTerminal } from '../apps/das-cli/src/terminal';

const HELP = `Makes the keys that a laptop needs: an RSA key for JWTs, and the key ring (das keys make). What is there is kept.

  npm run keys                  into .das/keys
  npm run keys -- --dir DIR     into DIR
`;

const { values } = parseArgs({
  options: { dir: { type: 'string', default: '.das/keys' }, help: { type: 'boolean', short: 'h' } },
});

async function makeKeys(dir: string): Promise<void> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const rsa = join(dir, 'snowflake-key.pem');
  if (!existsSync(rsa)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(rsa, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    console.log(`made ${rsa}`);
  }
  process.exitCode = await runCli(['keys', 'make'], {
    env: { ...process.env, PHI_KEY_FILE: join(dir, 'phi-keys.json') },
    terminal: systemTerminal(),
    contracts: STREAMS,
    signal: new AbortController().signal,
  });
}

if (values.help === true) process.stdout.write(HELP);
else void makeKeys(values.dir);
