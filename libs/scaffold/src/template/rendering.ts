import { CASES } from '../cases';
import type { DomainNames, StreamNames } from '../names';
import { domainRoles } from '../edit/roles';

/** What a domain's contracts have in common, as its `defaults.yaml` says it. */
export interface DomainDefaults {
  readonly team: string;
  readonly owner: string;
  readonly steward: string;
  readonly support: string;
  readonly purpose: string;
  readonly account: string;
}

export interface RenderNames {
  readonly domain: DomainNames;
  readonly stream: StreamNames;
  /** The property that says which entity an event is of, such as `shipment_id`. */
  readonly key: string;
  /** What the source calls it: a topic, a Kinesis stream, a prefix. */
  readonly log: string;
  /** `shipments`: the product of the stream. */
  readonly product: string;
  readonly defaults: DomainDefaults;
}

/** The names of the reference, which stand for others wherever they are. */
const REFERENCE = { domain: 'brook_reference', app: 'reference-collector', base: 'widgets_events' } as const;

/**
 * The reference is a collector that is built and tested; what is made from it has other names and says the same.
 * @returns what puts the names in, in one pass: a name that was put in is not looked at again
 */
export function renderer({
  domain,
  stream,
  key,
  log,
  product,
  defaults,
}: RenderNames): (text: string) => string {
  const [steward, analyst] = domainRoles(domain.short);
  const words = new Map<string, string>([
    ['reference-owner@brook.example', defaults.owner],
    ['reference-steward@brook.example', defaults.steward],
    ['https://chat.brook.example/reference', defaults.support],
    ['reference-team', defaults.team],
    ['reference-analytics', defaults.purpose],
    ['account: brook\n', `account: ${defaults.account}\n`],
    ['DOMAIN_STEWARD_REFERENCE', steward],
    ['ANALYST_REFERENCE', analyst],
    [REFERENCE.app, stream.app],
    ['widgets.v1', log],
    contractId(REFERENCE.base, domain.domain, stream.base),
    contractId('widgets', domain.domain, product),
    ...inCases(REFERENCE.domain, domain.domain),
    ...inCases(REFERENCE.base, stream.base),
    ...inCases('widget_id', key),
    ...inCases('widgets', product),
    ...inCases('widget', stream.entity),
  ]);
  // The longer one first: widgets_events before widgets before widget.
  const known = [...words.keys()].sort((one, other) => other.length - one.length);
  const pattern = new RegExp(
    known.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|'),
    'g',
  );
  return (text) => text.replaceAll(pattern, (word) => words.get(word) ?? word);
}

/** A word that several cases write alike, such as `widgets`, stands for what the first of them makes: snake_case. */
function inCases(from: string, to: string): readonly (readonly [string, string])[] {
  return CASES.map((write) => [write(from), write(to)] as const).reverse();
}

/** Words joined by dashes, of which `brook-reference-widgets` shows too few to tell them from other names. */
function contractId(from: string, domain: string, name: string): readonly [string, string] {
  const id = (...words: readonly string[]): string => words.join('-').replaceAll('_', '-');
  return [id(REFERENCE.domain, from), id(domain, name)];
}
