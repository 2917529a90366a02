import { parse } from 'yaml';
import type { SourceKind } from '../names';
import { addToList, addToMap } from './yaml-insert';

interface Compose {
  readonly services: Readonly<Record<string, { readonly ports?: readonly string[] }>>;
}

/** The endpoint, whose network the collectors share, opens their ports. */
const ENDPOINT = 'local-snowpipe';

/** Lets an app run beside the others in containers, on the next port; a topic is made for it, anything else is a journal there. */
export function addComposeService(text: string, app: string, kind: SourceKind, log: string): string {
  const { services } = parse(text, { merge: true }) as Compose;
  if (services[app] !== undefined) return text;
  const taken = (services[ENDPOINT]?.ports ?? []).map((port) => Number(port.split(':').at(-1)));
  const port = Math.max(...taken) + 1;
  const source = kind === 'kafka' ? 'environment' : 'journal';
  const service = [
    '  <<: *collector',
    `  command: dist/apps/${app}/main.js`,
    `  environment: { <<: *${source}, PORT: ${port} }`,
  ];
  const served = addToMap(
    addToList(text, ['services', ENDPOINT, 'ports'], `127.0.0.1:${port}:${port}`),
    ['services'],
    app,
    `\n${service.join('\n')}`,
  );
  const spaced = served.replace(`\n  ${app}:`, () => `\n\n  ${app}:`);
  return kind === 'kafka' ? addToList(spaced, ['services', 'topics', 'command'], log) : spaced;
}
