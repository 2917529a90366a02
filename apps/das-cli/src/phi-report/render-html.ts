import { escapeHtml, htmlPage, htmlTable } from '../html-page';
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

/** As a page that needs nothing else. */
export function renderHtml(report: PhiReport): string {
  const { generatedAt, streams, days, hitsRead } = report;
  const notes = hitsRead ? NOTES : [...NOTES, NOT_READ];
  return htmlPage(
    TITLE,
    `<p>Made <time datetime="${escapeHtml(generatedAt)}">${escapeHtml(generatedAt)}</time></p>
<ul>${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul>
${streams.map((stream) => streamHtml(stream, days)).join('\n')}`,
  );
}

function streamHtml(report: StreamReport, days: number): string {
  const { stream, version, properties, hits } = report;
  const facts = factsOf(report).map(
    ([name, text]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`,
  );
  const found =
    hits === null
      ? ''
      : hits.length === 0
        ? `<p>No hits in ${days} days.</p>`
        : htmlTable(`Hits in ${days} days`, HIT_HEADINGS, hits.map(hitCells));
  return `<section aria-labelledby="${escapeHtml(stream)}">
<h2 id="${escapeHtml(stream)}">${escapeHtml(`${stream} ${version}`)}</h2>
<dl>${facts.join('')}</dl>
${htmlTable('Properties', PROPERTY_HEADINGS, properties.map(propertyCells))}
${found}
</section>`;
}
