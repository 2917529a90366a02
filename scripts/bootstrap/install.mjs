import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { paths, report, say, UserError } from './console.mjs';
import { matchesLock } from './installed.mjs';
import { run } from './run.mjs';
import { unlessDone } from './stamp.mjs';

const NODE = [20, 19];
const PYTHON = [3, 10];
const JAVA = [17];

/** Reports everything that is missing at once, each with its cure. */
export function checkPrerequisites({ python = false, java = false }) {
  const missing = [];
  if (!atLeast(process.versions.node, NODE)) {
    missing.push(`Node.js ${process.versions.node} is too old: install Node.js 20.19 or newer (nodejs.org)`);
  }
  if (python && !hasPython()) {
    missing.push(
      'Python 3.10 or newer with venv is missing: install it (apt-get install python3 python3-venv, brew install python)',
    );
  }
  if (java && !atLeast(versionOf('java', ['-version']), JAVA)) {
    missing.push(
      'Java 17 or newer is missing: install it (apt-get install openjdk-17-jre-headless, brew install openjdk@17)',
    );
  }
  if (java && versionOf('mvn', ['--version']) === undefined) {
    missing.push('Maven is missing: install it (apt-get install maven, brew install maven)');
  }
  if (missing.length > 0) throw new UserError(missing.join('\n'));
}

export function hasPython() {
  return atLeast(versionOf('python3', ['--version']), PYTHON);
}

/** Installs what is missing, after checking that all of it can be. */
export async function prepare({
  npm = false,
  python = false,
  dbt = false,
  fakesnow = false,
  kafka = false,
  registry = false,
}) {
  checkPrerequisites({ python: python || dbt || fakesnow, java: kafka || registry });
  if (npm) await installNpm();
  if (python) await installVenv('python', 'test/requirements.txt');
  if (dbt) await installVenv('dbt', 'dbt/requirements.txt');
  if (fakesnow) await installVenv('fakesnow', 'test/fakesnow/requirements.txt');
  if (kafka) await installKafka();
  if (registry) await installRegistry();
}

export async function installNpm() {
  if (matchesLock()) return;
  await step('npm packages (npm ci)', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** A Python environment `.tools/<name>` of its own, with what a requirements file pins. */
async function installVenv(name, requirements) {
  const folder = join(paths.tools, name);
  await unlessDone({
    stamp: `.tools/${name}.sha256`,
    input: [requirements],
    result: `.tools/${name}/bin/pip`,
    step: async () => {
      rmSync(folder, { recursive: true, force: true });
      await step(`Python environment (.tools/${name})`, 'python3', ['-m', 'venv', folder]);
      const pip = join(folder, 'bin', 'pip');
      await step(`Python packages (${requirements})`, pip, [
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '-r',
        join(paths.root, requirements),
      ]);
    },
  });
}

async function installKafka() {
  await unlessDone({
    stamp: '.tools/kafka.sha256',
    input: ['test/kafka/pom.xml'],
    result: '.tools/kafka/libs',
    step: async () => {
      rmSync(paths.kafka, { recursive: true, force: true });
      mkdirSync(paths.kafka, { recursive: true });
      await step('Kafka broker (.tools/kafka, by Maven)', 'mvn', [
        '-q',
        '-B',
        '-f',
        join(paths.root, 'test', 'kafka', 'pom.xml'),
        'dependency:copy-dependencies',
        '-DincludeScope=runtime',
        `-DoutputDirectory=${paths.kafka}`,
      ]);
    },
  });
}

async function installRegistry() {
  await unlessDone({
    stamp: '.tools/schema-registry.sha256',
    input: ['test/schema-registry/pom.xml'],
    result: '.tools/schema-registry/lib',
    step: async () => {
      rmSync(paths.registry, { recursive: true, force: true });
      await step('schema registry (.tools/schema-registry, by Maven)', 'mvn', [
        '-q',
        '-B',
        '-f',
        join(paths.root, 'test', 'schema-registry', 'pom.xml'),
        'dependency:unpack',
        `-DoutputDirectory=${paths.registry}`,
      ]);
    },
  });
}

async function step(what, command, args) {
  say(`installing: ${what}`);
  const startedMs = Date.now();
  const { code, output } = await run(command, args, { capture: true });
  report(code === 0, what, startedMs);
  if (code !== 0)
    throw new UserError(`${output.trim()}\n${what}: the command above failed; mend it and run this again`);
}

function versionOf(command, args) {
  const { stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (error !== undefined) return undefined;
  return /\d+(\.\d+)*/.exec(`${stdout}${stderr}`)?.[0];
}

function atLeast(version, wanted) {
  if (version === undefined) return false;
  const parts = version.split('.').map(Number);
  for (const [index, want] of wanted.entries()) {
    const have = parts[index] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}
