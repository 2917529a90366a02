import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { paths, UserError } from './console.mjs';
import { run } from './run.mjs';

const SCHEMACHANGE = join(paths.tools, 'dbt', 'bin', 'schemachange');
const PROFILES = ['production', 'development'];
/** Who deploys makes network policies, monitors and users; no other role may. */
const ROLE = 'ACCOUNTADMIN';

const HELP = `Usage: npm run account -- <plan|deploy> --profile <production|development>

Applies sql/ to a Snowflake account, in the order of the scripts' numbers, by schemachange. A script that was applied as it
is, is left alone; all of them can be applied again. docs/account.md tells every step from an empty account on.

  plan      say what would be applied, and change nothing
  deploy    apply it

SNOWFLAKE_ACCOUNT, SNOWFLAKE_USER and SNOWFLAKE_PRIVATE_KEY_PATH say where and who; SNOWFLAKE_WAREHOUSE a warehouse to look
things up with; SNOWFLAKE_ROLE is ${ROLE} unless it is set. <USER>_PUBLIC_KEY holds the public key of each service user, as
Snowflake wants it: base64, without its first and last line.

Examples:
  npm run account -- plan --profile development
  npm run account -- deploy --profile production
`;

/** @returns the exit code */
export async function account(args) {
  if (args.length === 0 || args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP);
    return args.length === 0 ? 2 : 0;
  }
  const { what, profile } = readArguments(args);
  setConnection(profile);
  const { code } = await run(SCHEMACHANGE, [
    'deploy',
    '--config-folder=sql',
    `--config-file-name=${profile}.yml`,
    '--schemachange-root-folder=sql',
    ...(what === 'plan' ? ['--schemachange-dry-run'] : []),
  ]);
  return code;
}

function readArguments(args) {
  let parsed;
  try {
    parsed = parseArgs({ args, allowPositionals: true, options: { profile: { type: 'string' } } });
  } catch (error) {
    throw new UserError(`${error.message}\nnpm run account -- --help lists what there is`);
  }
  const [what, ...others] = parsed.positionals;
  const { profile } = parsed.values;
  if (!['plan', 'deploy'].includes(what) || others.length > 0) throw new UserError('say plan or deploy');
  if (!PROFILES.includes(profile)) throw new UserError(`say --profile ${PROFILES.join(' or --profile ')}`);
  return { what, profile };
}

/** schemachange takes every SNOWFLAKE_ variable for the driver's; what it knows by another name is told by that. */
function setConnection(profile) {
  const { env } = process;
  const keys = [
    ...readFileSync(join(paths.root, 'sql', `${profile}.yml`), 'utf8').matchAll(/env_var\('(\w+)'\)/g),
  ];
  const needed = ['SNOWFLAKE_ACCOUNT', 'SNOWFLAKE_USER', ...keys.map(([, name]) => name)];
  const missing = needed.filter((name) => !env[name]);
  if (missing.length > 0)
    throw new UserError(
      `these variables are not set: ${missing.join(', ')}\nnpm run account -- --help says what they are`,
    );
  env.SNOWFLAKE_ROLE ||= ROLE;
  if (env.SNOWFLAKE_PRIVATE_KEY_PATH) {
    env.SNOWFLAKE_PRIVATE_KEY_FILE = env.SNOWFLAKE_PRIVATE_KEY_PATH;
    env.SNOWFLAKE_AUTHENTICATOR ||= 'SNOWFLAKE_JWT';
    delete env.SNOWFLAKE_PRIVATE_KEY_PATH;
  }
  // Of das, and no parameter of the driver.
  delete env.SNOWFLAKE_ACCOUNT_URL;
}
