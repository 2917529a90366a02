import type { OdcsDocument } from '../../odcs';

/** `page`: somebody is woken; `ticket`: somebody looks at it within a working day. */
export type Severity = 'page' | 'ticket';

export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

export type Rule = AlertingRule | RecordingRule;

/** @param runbook - below docs/runbooks, without `.md` */
export function alert(
  stream: OdcsDocument,
  {
    name,
    expr,
    holdsFor,
    severity,
    summary,
    runbook,
  }: {
    readonly name: string;
    readonly expr: string;
    readonly holdsFor?: string;
    readonly severity: Severity;
    readonly summary: string;
    readonly runbook: string;
  },
): AlertingRule {
  return {
    alert: name,
    expr,
    ...(holdsFor === undefined ? {} : { for: holdsFor }),
    labels: { ...owned(stream), severity },
    annotations: { summary: `${stream.name}: ${summary}`, runbook: `docs/runbooks/${runbook}.md` },
  };
}

/** Whom it concerns. An alert's labels are templates: no brace of a contract begins one. */
function owned(stream: OdcsDocument): Readonly<Record<string, string>> {
  const plain = (text: string): string => text.replaceAll('{{', '{ {');
  return {
    domain: stream.domain,
    contract: stream.name,
    team: plain(stream.team.name),
    owner: plain(stream.support[0]?.channel ?? stream.team.name),
  };
}

/** A series with one name for all streams, told apart by its label. */
export function record(stream: OdcsDocument, name: string, expr: string): RecordingRule {
  return { record: name, expr, labels: { domain: stream.domain, stream: stream.name } };
}

/** A metric of every process that collects the stream; a stream's name needs no escape. */
export function series(stream: OdcsDocument, metric: string, matchers = ''): string {
  return `${metric}{stream="${stream.name}"${matchers === '' ? '' : `, ${matchers}`}}`;
}
