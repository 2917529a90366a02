import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeKeys } from '@das/testing';

const HELP = `Makes the keys that a collector needs on a laptop: an RSA key for JWTs, and a key file (PHI_KEY_FILE).

  npm run keys                  into .das/keys, unless they are there
  npm run keys -- --dir DIR     into DIR
`;

const { values } = parseArgs({
  options: { dir: { type: 'string', default: '.das/keys' }, help: { type: 'boolean', short: 'h' } },
});
if (values.help === true) {
  process.stdout.write(HELP);
} else if (existsSync(`${values.dir}/phi-keys.json`)) {
  // What was encrypted with a key can only be read with that key.
  console.log(`kept: ${values.dir} holds keys already`);
} else {
  const { privateKeyPath, phiKeyFile } = makeKeys(values.dir);
  console.log(`made: ${privateKeyPath} and ${phiKeyFile}`);
}
