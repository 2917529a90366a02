import { compareRest } from './compare-column';
import { told, type Report } from './diff-finding';
import { added, byName, custom, rawOf, rawsOf, same, secondsOf, textOf, textsOf, type Raw } from './raw';

/** Service levels, and what it may cost. */
export function comparePromises(base: Raw, head: Raw, isPersonal: boolean, report: Report): void {
  compareLevels(base, head, isPersonal, report);
  compareWindows(rawOf(custom(base, 'das.slo')), rawOf(custom(head, 'das.slo')), report);
  compareCost(base, head, report);
}

const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  y: 31_536_000,
  year: 31_536_000,
  years: 31_536_000,
};

/** In seconds where the unit is one of time, so that 10 m and 600 s are the same. */
function measure({ value, unit }: Raw): number | string {
  const factor = SECONDS[textOf(unit)];
  const number = Number(value);
  return Number.isFinite(number) && value !== '' && value !== null ? number * (factor ?? 1) : String(value);
}

/** Whether more is better, of the levels whose value is a number. */
const MORE_IS_BETTER: Readonly<Record<string, boolean>> = {
  availability: true,
  completeness: true,
  throughput: true,
  freshness: false,
  latency: false,
  frequency: false,
  timeToRepair: false,
  timeToDetect: false,
  errorRate: false,
};
const TEXTS = new Set(['description', 'driver', 'element', 'property', 'value', 'unit', 'id']);

function compareLevels(base: Raw, head: Raw, isPersonal: boolean, report: Report): void {
  const levels = (contract: Raw): ReadonlyMap<string, Raw> => byName(contract.slaProperties, 'property');
  const [before, after] = [levels(base), levels(head)];
  for (const [name, level] of before) {
    const path = `slaProperties.${name}`;
    const now = after.get(name);
    if (name === 'endOfLife') compareEnd(level.value, now?.value, path, report);
    else if (now === undefined) report('SLO_WEAKENED', path, 'is promised no more');
    else compareLevel(level, now, { name, path, isPersonal }, report);
  }
  for (const [name] of after)
    if (!before.has(name))
      report(
        name === 'endOfLife' ? 'CONSUMER_STATUS_CHANGED' : 'SLO_STRENGTHENED',
        `slaProperties.${name}`,
        'is new',
      );
}

/** Days as text: the earlier one is the lesser. */
function compareEnd(before: unknown, after: unknown, path: string, report: Report): void {
  if (same(before, after)) return;
  const nearer = after !== undefined && !(textOf(after) > textOf(before));
  report(
    nearer ? 'CONSUMER_SUNSET_NEARER' : 'CONSUMER_STATUS_CHANGED',
    path,
    `${told(before)} became ${told(after)}`,
  );
}

function compareLevel(
  base: Raw,
  head: Raw,
  { name, path, isPersonal }: { readonly name: string; readonly path: string; readonly isPersonal: boolean },
  report: Report,
): void {
  const [before, after] = [measure(base), measure(head)];
  const message = `${told(base.value)} ${told(base.unit)} became ${told(head.value)} ${told(head.unit)}`;
  if (before !== after) {
    if (name === 'retention') compareRetention(before, after, isPersonal, message, path, report);
    else {
      const more = MORE_IS_BETTER[name];
      const better =
        more !== undefined &&
        typeof before === 'number' &&
        typeof after === 'number' &&
        more === after > before;
      report(better ? 'SLO_STRENGTHENED' : 'SLO_WEAKENED', path, message);
    }
  }
  const elements = ({ element }: Raw): readonly string[] =>
    textOf(element)
      .split(',')
      .map((part) => part.trim());
  const [of, now] = [elements(base), elements(head)];
  if (added(now, of).length > 0)
    report('SLO_WEAKENED', path, `holds no more for ${added(now, of).join(', ')}`);
  else if (added(of, now).length > 0)
    report('SLO_STRENGTHENED', path, `holds for ${added(of, now).join(', ')} too`);
  if (!same(base.description, head.description) || !same(base.driver, head.driver))
    report('CONSUMER_TEXT_CHANGED', path, 'is described otherwise');
  compareRest(base, head, TEXTS, path, report);
}

function compareRetention(
  before: number | string,
  after: number | string,
  isPersonal: boolean,
  message: string,
  path: string,
  report: Report,
): void {
  const longer = typeof before === 'number' && typeof after === 'number' && after > before;
  if (!longer) report('GOVERNANCE_RETENTION_SHORTENED', path, message);
  else report(isPersonal ? 'GOVERNANCE_RETENTION_LENGTHENED' : 'GOVERNANCE_RETENTION_CHANGED', path, message);
}

/** A longer window forgives more; a lower percentile leaves more out. */
function compareWindows(base: Raw, head: Raw, report: Report): void {
  for (const name of new Set([...Object.keys(base), ...Object.keys(head)])) {
    const [before, after] = [rawOf(base[name]), rawOf(head[name])];
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (same(before[key], after[key])) continue;
      const path = `das.slo.${name}.${key}`;
      const [from, to] =
        key === 'window'
          ? [secondsOf(before[key]), secondsOf(after[key])]
          : [Number(before[key]), Number(after[key])];
      const better =
        from !== undefined &&
        to !== undefined &&
        (key === 'window' ? to < from : key === 'percentile' && to > from);
      const isNew = before[key] === undefined;
      if (key === 'window' && from !== undefined && from === to) continue;
      report(
        better || isNew ? 'SLO_STRENGTHENED' : 'SLO_WEAKENED',
        path,
        `${told(before[key])} became ${told(after[key])}`,
      );
    }
  }
}

function compareCost(base: Raw, head: Raw, report: Report): void {
  const [before, after] = [rawOf(custom(base, 'das.cost')), rawOf(custom(head, 'das.cost'))];
  const [from, to] = [before.monthlyCapUsd, after.monthlyCapUsd];
  if (!same(from, to)) {
    const lower = to !== undefined && (from === undefined || Number(to) < Number(from));
    report(
      lower ? 'COST_CAP_LOWERED' : 'COST_CAP_RAISED',
      'das.cost.monthlyCapUsd',
      `${told(from)} became ${told(to)}`,
    );
  }
  if (!same(before.costCentre, after.costCentre))
    report(
      'COST_CENTRE_CHANGED',
      'das.cost.costCentre',
      `${told(before.costCentre)} became ${told(after.costCentre)}`,
    );
  compareRest(before, after, new Set(['monthlyCapUsd', 'costCentre']), 'das.cost', report);
  const [price, newPrice] = [rawOf(base.price), rawOf(head.price)];
  if (same(price, newPrice)) return;
  const sameTerms =
    same(price.priceCurrency, newPrice.priceCurrency) && same(price.priceUnit, newPrice.priceUnit);
  const cheaper = sameTerms && Number(newPrice.priceAmount ?? 0) <= Number(price.priceAmount ?? 0);
  report(
    cheaper ? 'COST_PRICE_CHANGED' : 'COST_PRICE_RAISED',
    'price',
    `${told(price)} became ${told(newPrice)}`,
  );
}

/** Who may read it and what for, and who answers for it. */
export function compareReaders(base: Raw, head: Raw, report: Report): void {
  compareContractRoles(byName(base.roles, 'role'), byName(head.roles, 'role'), report);
  const purposes = (contract: Raw): readonly string[] => textsOf(custom(contract, 'das.purposes'));
  for (const purpose of added(purposes(base), purposes(head)))
    report('GOVERNANCE_PURPOSE_ADDED', 'das.purposes', purpose);
  for (const purpose of added(purposes(head), purposes(base)))
    report('GOVERNANCE_PURPOSE_REMOVED', 'das.purposes', purpose);
  const stewards = (contract: Raw): readonly string[] =>
    rawsOf(rawOf(contract.team).members)
      .filter(({ role }) => role === 'steward')
      .map(({ username }) => String(username))
      .toSorted();
  if (!same(stewards(base), stewards(head)))
    report('GOVERNANCE_STEWARD_CHANGED', 'team', `${told(stewards(base))} became ${told(stewards(head))}`);
  else if (!same(base.team, head.team)) report('CONSUMER_TEXT_CHANGED', 'team', 'changed');
  const crossings = (contract: Raw): readonly string[] =>
    rawsOf(custom(contract, 'das.consumers'))
      .filter(({ product }) => product !== undefined)
      .map(({ product, purpose }) => `${told(product)} for ${told(purpose)}`);
  for (const crossing of added(crossings(base), crossings(head)))
    report('GOVERNANCE_CROSSING_ADDED', 'das.consumers', `another domain makes ${crossing}`);
  if (!same(custom(base, 'das.consumers'), custom(head, 'das.consumers')))
    report('CONSUMER_CONSUMERS_CHANGED', 'das.consumers', 'changed');
}

const ACCESS = ['read', 'write'];

function compareContractRoles(
  base: ReadonlyMap<string, Raw>,
  head: ReadonlyMap<string, Raw>,
  report: Report,
): void {
  for (const name of base.keys()) if (!head.has(name)) report('GOVERNANCE_ROLE_REMOVED', 'roles', name);
  for (const [name, role] of head) {
    const before = base.get(name);
    const message = `${name}: ${told(role.access)}`;
    if (before === undefined) {
      report('GOVERNANCE_ROLE_ADDED', 'roles', message);
      continue;
    }
    if (!same(before.access, role.access)) {
      const [from, to] = [ACCESS.indexOf(textOf(before.access)), ACCESS.indexOf(textOf(role.access))];
      const narrower = to >= 0 && to < from;
      report(narrower ? 'GOVERNANCE_ROLE_REMOVED' : 'GOVERNANCE_ROLE_ADDED', 'roles', message);
    }
    if (!same(before.description, role.description))
      report('CONSUMER_TEXT_CHANGED', 'roles', `${name} is described otherwise`);
    compareRest(before, role, new Set(['role', 'access', 'description']), `roles.${name}`, report);
  }
}
