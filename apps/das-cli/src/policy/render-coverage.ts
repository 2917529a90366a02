import { GAPS, type DomainCoverage } from '@das/governance';
import { escapeHtml, htmlPage, htmlTable } from '../html-page';

const TITLE = 'What policies and expectations cover';

/** For a terminal. */
export function coverageText(domains: readonly DomainCoverage[]): string {
  const parts = domains.map((domain) => {
    const facts = factsOf(domain).map(([name, text]) => `  ${name.padEnd(34)}  ${text}`);
    const gaps = domain.gaps.map(({ gap, message }) => `  ${gap}: ${message}`);
    return [domain.domain, ...facts, ...(gaps.length === 0 ? ['  no gaps'] : gaps), ''].join('\n');
  });
  const count = domains.reduce((sum, { gaps }) => sum + gaps.length, 0);
  return `${parts.join('\n')}\n${count === 0 ? 'nothing is missing' : `${count} gaps`}\n`;
}

/** As a page that needs nothing else. */
export function coverageHtml(domains: readonly DomainCoverage[], generatedAt: string): string {
  const sections = domains.map((domain) => {
    const facts = factsOf(domain).map(
      ([name, text]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`,
    );
    const gaps = domain.gaps.map(({ gap, where, message }) => [where, GAPS[gap], message]);
    return `<section aria-labelledby="${escapeHtml(domain.domain)}">
<h2 id="${escapeHtml(domain.domain)}">${escapeHtml(domain.domain)}</h2>
<dl>${facts.join('')}</dl>
${gaps.length === 0 ? '<p>No gaps.</p>' : htmlTable('Gaps', ['where', 'gap', 'what is missing'], gaps)}
</section>`;
  });
  const made = escapeHtml(generatedAt);
  return htmlPage(TITLE, `<p>Made <time datetime="${made}">${made}</time></p>\n${sections.join('\n')}`);
}

function factsOf(domain: DomainCoverage): readonly (readonly [string, string])[] {
  const { tables, tablesWithRowAccess, personalColumns, masked, protectedAtIngest } = domain;
  const { cells, cellsExpected } = domain;
  return [
    ['tables of SILVER and GOLD', String(tables)],
    ['with row access', String(tablesWithRowAccess)],
    ['personal columns', String(personalColumns)],
    ['masked', String(masked)],
    ['landed in a form of its own', String(protectedAtIngest)],
    ['cells (role, column, environment)', cells.toLocaleString('en')],
    ['expected by hand', `${cellsExpected.toLocaleString('en')} (${percent(cellsExpected, cells)})`],
  ];
}

/** Never 100 where something is missing. */
function percent(part: number, whole: number): string {
  if (whole === 0) return 'of none';
  return `${(Math.floor((part / whole) * 1000) / 10).toString()} %`;
}
