import { join } from 'node:path';
import { parse } from 'yaml';
import { loadContract } from '../../load-contract';
import type { OdcsDocument } from '../../odcs';
import { alertRules } from './alerts';

const orders = loadContract(
  join(__dirname, '../../../../../contracts/brook_commerce/orders_events_v1.odcs.yaml'),
);

interface Rule {
  readonly alert?: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: { readonly summary: string };
}

const rulesOf = (document: OdcsDocument) =>
  (parse(alertRules([document], 'x.yaml')) as { groups: [{ rules: Rule[] }] }).groups[0].rules;
const named = (name: string, document = orders) => rulesOf(document).find(({ alert }) => alert === name);

function promising(property: string, value: number, unit?: string): OdcsDocument {
  const document = structuredClone(orders);
  const level = document.slaProperties.find((other) => other.property === property);
  Object.assign(level ?? {}, { value, ...(unit !== undefined && { unit }) });
  return document;
}

describe('alertRules', () => {
  it('go by the freshness, the percentile and the window of the contract', () => {
    expect(named('StreamLate')?.expr).toBe('das:stream_lag_seconds:max{stream="orders_events_v1"} > 300');
    expect(named('StreamFreshnessMissed')?.expr).toBe(
      'quantile_over_time(0.95, das:stream_lag_seconds:max{stream="orders_events_v1"}[1d]) > 300',
    );
    expect(named('StreamLate', promising('freshness', 2, 'h'))?.expr).toContain(' > 7200');
  });

  it('warn at half of what blows a fuse', () => {
    expect(named('DeadLettersNearFuse')?.expr).toMatch(/ > 0\.1$/);
  });

  it('burn what availability allows by 14.4, 6 and 1', () => {
    const limits = (document: OdcsDocument) =>
      rulesOf(document)
        .filter(({ alert }) => alert?.startsWith('AvailabilityBurns'))
        .map(({ expr }) =>
          [...expr.matchAll(/\[(\w+)\]\) > ([\d.]+)/g)].map(([, window, limit]) => [window, limit]),
        );
    expect(limits(orders)).toEqual([
      [
        ['1h', '0.0144'],
        ['5m', '0.0144'],
      ],
      [
        ['6h', '0.006'],
        ['30m', '0.006'],
      ],
      [
        ['3d', '0.001'],
        ['6h', '0.001'],
      ],
    ]);
    // 14.4 times 10 % would be more than all of the time.
    expect(limits(promising('availability', 90)).map(([long]) => long)).toEqual([
      ['6h', '0.6'],
      ['3d', '0.1'],
    ]);
  });

  it('leave out what the contract does not promise', () => {
    const document = structuredClone(orders);
    document.slaProperties = document.slaProperties.filter(({ property }) => property === 'retention');
    expect(rulesOf(document).map(({ alert }) => alert)).toEqual([
      'DeadLettersNearFuse',
      'FuseBlown',
      'RowsRejected',
      'ChannelNotReady',
    ]);
  });

  it('take no template out of a contract', () => {
    const document = structuredClone(orders);
    document.support = [{ channel: '{{ query "up" }}' }];
    expect(named('FuseBlown', document)?.labels.owner).toBe('{ { query "up" }}');
  });
});
