import { z } from 'zod';
import type { Draft } from '../draft';
import { domainNames, streamNames } from '../names';
import { ScaffoldError } from '../scaffold-error';
import type { RenderNames } from './rendering';

/** As much of a stream's contract as names things. */
const shape = z.looseObject({
  name: z.string(),
  domain: z.string(),
  dataProduct: z.string(),
  team: z.looseObject({
    name: z.string(),
    members: z.array(z.looseObject({ username: z.string(), role: z.string().optional() })),
  }),
  support: z.tuple([z.looseObject({ url: z.string() })], z.unknown()),
  servers: z.array(z.looseObject({ account: z.string().optional() })),
  customProperties: z.array(z.looseObject({ property: z.string(), value: z.unknown() })),
});
const collector = z.looseObject({
  source: z.discriminatedUnion('kind', [
    z.looseObject({ kind: z.literal('kafka'), topic: z.string() }),
    z.looseObject({ kind: z.literal('kinesis'), stream: z.string() }),
    z.looseObject({ kind: z.literal('s3'), bucket: z.string(), prefix: z.string() }),
  ]),
  envelope: z.looseObject({ subjectKey: z.string() }),
});
type Source = z.output<typeof collector>['source'];

/**
 * What a stream that is there would have been made with, as its contract says it.
 * @throws ScaffoldError where the contract is no stream's
 */
export function namesOfContract(draft: Draft, path: string): RenderNames {
  const contract = shape.safeParse(draft.yaml(path));
  const custom = new Map(contract.data?.customProperties.map(({ property, value }) => [property, value]));
  const said = collector.safeParse(custom.get('das.collector'));
  const purposes = z.tuple([z.string()], z.string()).safeParse(custom.get('das.purposes'));
  if (!contract.success || !said.success || !purposes.success)
    throw new ScaffoldError(`${path} has no das.collector: it is no contract of a stream`);
  const { name, domain, dataProduct, team, support, servers } = contract.data;
  const { source, envelope } = said.data;
  const member = (role: string): string => team.members.find((one) => one.role === role)?.username ?? '';
  return {
    domain: domainNames(domain),
    // Later versions are collected by the collector of the first one.
    stream: streamNames(name.replace(/_v\d+$/, '_v1'), source.kind),
    key: envelope.subjectKey.replaceAll('.', '_'),
    log: logOf(source),
    product: dataProduct,
    defaults: {
      account: servers.flatMap(({ account = [] }) => account)[0] ?? '',
      team: team.name,
      owner: member('owner'),
      steward: member('steward'),
      support: support[0].url,
      purpose: purposes.data[0],
    },
  };
}

function logOf(source: Source): string {
  if (source.kind === 'kafka') return source.topic;
  return source.kind === 'kinesis' ? source.stream : `${source.bucket}/${source.prefix}`;
}
