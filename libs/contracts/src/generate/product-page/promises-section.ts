import { customValue } from '../../das-properties';
import { durationSeconds } from '../../duration';
import type { OdcsDocument } from '../../odcs';
import type { ProductContract } from '../../product-contract';
import { availabilityPercent, completenessPercent } from '../../service-level';
import { inWords, markdownTable, prose } from './markdown';

/** What is promised, for how long rows are kept, and what it may cost. */
export function promisesSection(document: OdcsDocument, product: ProductContract): readonly string[] {
  const slo = customValue(document, 'das.slo');
  const cost = customValue(document, 'das.cost');
  const { freshness, retentionDays } = product;
  const over = (window: string | undefined): string =>
    window === undefined ? '' : `, over ${inWords(durationSeconds(window))}`;
  const [available, complete] = [availabilityPercent(document), completenessPercent(document)];
  const rows = [
    [
      'fresh',
      `${freshness.percentile} % of events are queryable within ${inWords(freshness.seconds)}${over(slo?.freshness.window)}`,
    ],
    ...(available === undefined ? [] : [['available', `${available} % of the time`]]),
    ...(complete === undefined
      ? []
      : [['complete', `${complete} % of the values of required columns${over(slo?.completeness.window)}`]]),
    ['kept', inWords(retentionDays * 86_400)],
    ...(cost === undefined
      ? []
      : [['costs', `${cost.monthlyCapUsd} US dollars a month at most, on ${prose(cost.costCentre)}`]]),
  ];
  return ['## What is promised', '', ...markdownTable(['it is', 'how much'], rows), ''];
}
