import type { OdcsDocument } from './odcs';

const SECONDS_OF: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Days that a row is kept; undefined where the contract does not say. */
export function retentionDays({ slaProperties }: Pick<OdcsDocument, 'slaProperties'>): number | undefined {
  const value = slaProperties.find(({ property, unit }) => property === 'retention' && unit === 'd')?.value;
  return Number.isInteger(value) && Number(value) > 0 ? Number(value) : undefined;
}

/** Seconds from an event to a row that can be queried; undefined where the contract does not say. */
export function freshnessSeconds({ slaProperties }: Pick<OdcsDocument, 'slaProperties'>): number | undefined {
  const level = slaProperties.find(({ property }) => property === 'freshness');
  const unit = SECONDS_OF[level?.unit ?? ''];
  const seconds = Number(level?.value) * (unit ?? Number.NaN);
  return seconds > 0 ? seconds : undefined;
}

/** Per cent of the time; undefined where the contract does not say. */
export function availabilityPercent(document: Pick<OdcsDocument, 'slaProperties'>): number | undefined {
  return percentOf(document, 'availability');
}

/** Per cent of the values of required columns; undefined where the contract does not say. */
export function completenessPercent(document: Pick<OdcsDocument, 'slaProperties'>): number | undefined {
  return percentOf(document, 'completeness');
}

function percentOf({ slaProperties }: Pick<OdcsDocument, 'slaProperties'>, name: string): number | undefined {
  const level = slaProperties.find(({ property, unit }) => property === name && unit === 'percent');
  const value = Number(level?.value);
  return value > 0 && value <= 100 ? value : undefined;
}
