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

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 78rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8884; }
thead th { border-bottom: 2px solid #888; }
tbody th { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dd { margin: 0; }
.scroll { overflow-x: auto; }
@media print { body { margin: 0; max-width: none; font-size: 9pt; } h2 { break-after: avoid; } tr { break-inside: avoid; } thead { display: table-header-group; } }
`;

/** One file that needs nothing else: no script, nothing fetched. */
export function renderHtml(report: PhiReport): string {
  const { generatedAt, streams, days, hitsRead } = report;
  const notes = hitsRead ? NOTES : [...NOTES, NOT_READ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(TITLE)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escape(TITLE)}</h1>
<p>Made <time datetime="${escape(generatedAt)}">${escape(generatedAt)}</time></p>
<ul>${notes.map((note) => `<li>${escape(note)}</li>`).join('')}</ul>
${streams.map((stream) => streamHtml(stream, days)).join('\n')}
</main>
</body>
</html>
`;
}

function streamHtml(report: StreamReport, days: number): string {
  const { stream, version, properties, hits } = report;
  const facts = factsOf(report).map(([name, text]) => `<dt>${escape(name)}</dt><dd>${escape(text)}</dd>`);
  const found =
    hits === null
      ? ''
      : hits.length === 0
        ? `<p>No hits in ${days} days.</p>`
        : table(`Hits in ${days} days`, HIT_HEADINGS, hits.map(hitCells));
  return `<section aria-labelledby="${escape(stream)}">
<h2 id="${escape(stream)}">${escape(`${stream} ${version}`)}</h2>
<dl>${facts.join('')}</dl>
${table('Properties', PROPERTY_HEADINGS, properties.map(propertyCells))}
${found}
</section>`;
}

function table(caption: string, headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = headings.map((heading) => `<th scope="col">${escape(heading)}</th>`).join('');
  const body = rows.map(
    ([first = '', ...rest]) =>
      `<tr><th scope="row">${escape(first)}</th>${rest.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll"><table><caption>${escape(caption)}</caption><thead><tr>${head}</tr></thead><tbody>
${body.join('\n')}
</tbody></table></div>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
