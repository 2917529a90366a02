import { daysOf, percentOf, timeOf } from './amounts';
import type { Decisions } from './decisions';
import type { ShortForm } from './short-form';

type Promised = readonly {
  readonly property: string;
  readonly value: string | number;
  readonly unit?: string;
}[];

/** `slaProperties`: what is promised, and until when. */
export function importPromises(short: ShortForm, decisions: Decisions): Promised {
  const { quality_slo: slo = {}, retention_policy: kept, deprecation } = short;
  const need = <T>(value: T | undefined, meanwhile: T, key: string, message: string): T =>
    decisions.need(value, meanwhile, key === 'retention_policy' ? [key] : ['quality_slo', key], message);
  const percent = (key: 'completeness' | 'availability'): number =>
    need(
      slo[key] === undefined ? undefined : percentOf(slo[key]),
      100,
      key,
      `${key} is no percentage such as 99.9`,
    );
  const freshness = need(
    slo.freshness === undefined ? undefined : timeOf(slo.freshness),
    { value: 1, unit: 'd' },
    'freshness',
    'freshness is not said: from the event to a row that can be queried, such as 10m',
  );
  const days = kept === undefined ? undefined : daysOf(kept);
  return [
    { property: 'freshness', ...freshness },
    {
      property: 'retention',
      value: need(
        days,
        1,
        'retention_policy',
        'retention_policy is not said: how long rows are kept, such as 30d or 5y',
      ),
      unit: 'd',
    },
    { property: 'completeness', value: percent('completeness'), unit: 'percent' },
    ...(slo.availability === undefined
      ? []
      : [{ property: 'availability', value: percent('availability'), unit: 'percent' }]),
    ...(deprecation?.sunset === undefined ? [] : [{ property: 'endOfLife', value: deprecation.sunset }]),
  ];
}

/** `das.slo`: how often it is kept. */
export function importSlo({ quality_slo: slo = {} }: ShortForm, decisions: Decisions) {
  const percentile = decisions.or(
    slo.freshness_percentile,
    95,
    ['quality_slo'],
    'freshness is kept for 95 % of events',
  );
  const window = decisions.or(slo.window, 'P1D', ['quality_slo'], 'what is promised is measured over a day');
  return { freshness: { percentile, window }, completeness: { window } };
}
