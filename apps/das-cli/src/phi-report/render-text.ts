import { alignedLines } from '../aligned-lines';
import {
  factsOf,
  HIT_HEADINGS,
  hitCells,
  NOT_READ,
  NOTES,
  PROPERTY_HEADINGS,
  propertyCells,
  TITLE,
  type PhiReport,
} from './report-words';
import type { StreamReport } from './stream-report';

/** For a terminal: aligned, no colours. */
export function renderText(report: PhiReport): string {
  const { streams, generatedAt, days, hitsRead } = report;
  const notes = hitsRead ? NOTES : [...NOTES, NOT_READ];
  const parts = [
    `${TITLE}\n${generatedAt}\n`,
    ...streams.map((stream) => streamText(stream, days)),
    `${notes.join('\n')}\n`,
  ];
  return parts.join('\n');
}

function streamText(report: StreamReport, days: number): string {
  const { stream, version, properties, hits } = report;
  const facts = factsOf(report).map(([name, text]) => `  ${name.padEnd(20)}  ${text}`);
  const lines = [
    `${stream} ${version}`,
    ...facts,
    '',
    ...tableLines(PROPERTY_HEADINGS, properties.map(propertyCells)),
  ];
  if (hits !== null) {
    lines.push('', hits.length === 0 ? `  no hits in ${days} days` : `  hits in ${days} days`);
    if (hits.length > 0) lines.push(...tableLines(HIT_HEADINGS, hits.map(hitCells)));
  }
  return `${lines.join('\n')}\n`;
}

function tableLines(headings: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return alignedLines([headings.map((heading) => heading.toUpperCase()), ...rows]);
}
