import { stringify } from 'yaml';
import type { OdcsDocument } from '../../odcs';
import { generatedFrom } from '../header';
import { burnRateRules } from './burn-rate';
import { streamRules } from './stream-rules';

/** Prometheus rules over what the collectors of a domain's streams expose: one group per stream. */
export function alertRules(streams: readonly OdcsDocument[], contractFile: string): string {
  const groups = streams.map((stream) => ({
    name: `das-${stream.name}`,
    rules: [...streamRules(stream), ...burnRateRules(stream)],
  }));
  return `# ${generatedFrom(contractFile)}\n${stringify({ groups }, { lineWidth: 110, aliasDuplicateObjects: false })}`;
}
