import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { CollectorMetrics } from './metrics';

/** The rules are generated from contracts, and the metrics are ours: here they meet. */

const ROOT = join(__dirname, '..', '..', '..');
const CONTRACTS = join(ROOT, 'contracts');

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const groups = readdirSync(CONTRACTS)
  .map((domain) => join(CONTRACTS, domain, 'generated', 'alerts.yml'))
  .filter((file) => existsSync(file))
  .flatMap(
    (file) => (parse(readFileSync(file, 'utf8')) as { groups: { name: string; rules: Rule[] }[] }).groups,
  );
const rules = groups.flatMap((group) => group.rules);
const named = rules.map((rule, index) => [`${rule.alert ?? rule.record} (${index})`, rule] as const);

/** The labels of each metric, of a collector to which everything happened once. */
async function exposed(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const metrics = new CollectorMetrics({ collector: 'c', stream: 's', contract_version: '1.0.0' });
  metrics.pipeline.assigned('0');
  metrics.pipeline.settled('0', 'dead', 'not_json');
  metrics.lag('0', 1);
  metrics.ready.show(() => ({
    joined: true,
    failure: undefined,
    partitions: [{ partition: '0', running: true, failure: undefined }],
  }));
  const all = await metrics.registry.getMetricsAsJSON();
  const labels = new Map(
    all.map(({ name, values }) => [name, new Set(values.flatMap((value) => Object.keys(value.labels)))]),
  );
  for (const { record, labels: own } of rules) {
    if (record !== undefined) labels.set(record, new Set(Object.keys(own)));
  }
  return labels;
}

/** What of an expression is no PromQL, or is not exposed. */
function strangers(expr: string, known: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const found: string[] = [];
  const metrics: string[] = [];
  const labels: string[] = [];
  parser.parse(expr).iterate({
    enter: ({ type, from, to }) => {
      const text = expr.slice(from, to);
      if (type.isError) found.push(`at ${from}: no PromQL`);
      if (type.name === 'Identifier') metrics.push(text);
      if (type.name === 'LabelName') labels.push(text);
    },
  });
  found.push(...metrics.filter((name) => !known.has(name)));
  const onAll = (label: string): boolean => metrics.every((name) => known.get(name)?.has(label) ?? true);
  return [...found, ...labels.filter((label) => !onAll(label))];
}

describe('the alert rules', () => {
  it('are there, for every stream', () => {
    expect(groups.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['das-auth_events_v1', 'das-orders_events_v1']),
    );
    expect(rules.length).toBeGreaterThanOrEqual(20);
  });

  it.each(named)('%s asks for metrics and labels that collectors expose', async (_, { expr }) => {
    expect(strangers(expr, await exposed())).toEqual([]);
  });

  it('are told from rules on what nobody exposes', async () => {
    const known = await exposed();
    expect(strangers('max(das_lag{stream="s"}) > 1', known)).toEqual(['das_lag']);
    expect(strangers('sum by (topic) (das_ready)', known)).toEqual(['topic']);
    expect(strangers('max by (partition) (das_ready)', known)).toEqual(['partition']);
    expect(strangers('max(das_ready', known)).toEqual(['at 13: no PromQL']);
  });

  it.each(named.filter(([, { alert }]) => alert !== undefined))(
    '%s tells whom, and where to read on',
    (_, rule) => {
      expect(Object.keys(rule.labels)).toEqual(['domain', 'contract', 'team', 'owner', 'severity']);
      expect(['page', 'ticket']).toContain(rule.labels.severity);
      expect(rule.annotations?.summary).toContain(rule.labels.contract);
      expect(existsSync(join(ROOT, rule.annotations?.runbook ?? 'none'))).toBe(true);
    },
  );
});
