import type { Decisions } from './decisions';
import { importCollector } from './import-collector';
import { importSlo } from './import-promises';
import type { Place } from './import-source';
import type { ShortForm } from './short-form';

export interface Named {
  readonly name: string;
  readonly database: string;
  /** Of a stream. */
  readonly place: Place | undefined;
}

/** What ODCS has no place for: `das.*` of the whole contract. */
export function importCustom(short: ShortForm, decisions: Decisions, { name, database, place }: Named) {
  const isStream = place !== undefined;
  const { lineage = {}, cost, deprecation, security_controls: controls, schemas = [] } = short;
  const [collector] = short.collectors ?? [];
  const own =
    collector === undefined || place === undefined
      ? { property: 'das.product', value: { archetype: archetypeOf(short, decisions) } }
      : { property: 'das.collector', value: importCollector(collector, place.source, decisions) };
  const tables = isStream
    ? [name]
    : schemas.filter(({ internal }) => internal !== true).map((table) => table.name);
  const tier = isStream ? 'BRONZE' : 'GOLD';
  const inputs = place === undefined ? lineage.inputs : [place.input];
  return [
    own,
    {
      property: 'das.purposes',
      value: decisions.need(
        controls?.purposes,
        ['?'],
        ['security_controls'],
        'purposes is missing: what it may be used for',
      ),
    },
    { property: 'das.slo', value: importSlo(short, decisions) },
    {
      property: 'das.lineage',
      value: {
        inputs: decisions.need(
          inputs,
          ['?'],
          ['lineage'],
          'inputs is missing: the tables that it is made from, as DB.SCHEMA.TABLE',
        ),
        outputs: lineage.outputs ?? tables.map((table) => `${database}.${tier}.${table.toUpperCase()}`),
      },
    },
    {
      property: 'das.cost',
      value: decisions.need(
        cost && { monthlyCapUsd: cost.monthly_cap_usd, costCentre: cost.cost_centre },
        { monthlyCapUsd: 1, costCentre: '?' },
        ['cost'],
        'cost is missing: monthly_cap_usd, and the cost_centre that pays',
      ),
    },
    ...(deprecation?.replaces === undefined
      ? []
      : [{ property: 'das.replaces', value: deprecation.replaces }]),
  ];
}

/** A product of one table of BRONZE tells that source's events; of more, what they say together. */
function archetypeOf({ lineage }: ShortForm, decisions: Decisions): string {
  const [input = '', ...more] = lineage?.inputs ?? [];
  const likely = more.length === 0 && input.includes('.BRONZE.') ? 'source-aligned' : 'aggregate';
  return decisions.or(lineage?.archetype, likely, ['lineage'], `its archetype is ${likely}`);
}
