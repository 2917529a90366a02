import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Draft, findForks } from '@das/scaffold';
import { parse } from 'yaml';

const ROOT = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Service {
  readonly command?: string;
  readonly ports?: readonly string[];
  readonly environment?: { readonly PORT?: number };
}
const COMPOSE = parse(read('docker-compose.yml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
};
const NEST = JSON.parse(read('nest-cli.json')) as { readonly projects: object };

describe('the collectors of this repository', () => {
  const { forks, strangers } = findForks(new Draft(ROOT));

  it('are all forks of the template, and none is behind it', () => {
    expect(strangers).toEqual([]);
    const apps = readdirSync(join(ROOT, 'apps')).filter((app) => /-(events|files)-collector$/.test(app));
    expect(forks.map(({ app }) => app)).toEqual(apps.sort());
    expect(forks.flatMap(({ app, behind }) => behind.map((file) => `${app}: ${file}`))).toEqual([]);
  });

  it.each(forks.map(({ app }) => app))(
    'are built, and run in containers on ports of their own: %s',
    (app) => {
      expect(NEST.projects).toHaveProperty([app, 'root'], `apps/${app}`);
      const { command, environment } = COMPOSE.services[app] ?? {};
      expect(command).toBe(`dist/apps/${app}/main.js`);
      const port = environment?.PORT;
      expect(Object.values(COMPOSE.services).filter((one) => one.environment?.PORT === port)).toHaveLength(1);
      expect(COMPOSE.services['local-snowpipe']?.ports).toContain(`127.0.0.1:${port}:${port}`);
    },
  );

  it.each(forks.map((fork) => [fork.app, fork] as const))('say which template they are of: %s', (_, fork) => {
    const text = read(`${fork.folder}/package.json`);
    const wanted = JSON.parse(fork.template.get('package.json') ?? '{}') as { readonly das: object };
    expect(JSON.parse(text)).toMatchObject({ das: wanted.das });
  });
});
