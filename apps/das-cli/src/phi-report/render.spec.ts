import { visitsEventsV1 } from '@das/testing';
import { renderHtml } from './render-html';
import { renderText } from './render-text';
import { reportOf, type Hit } from './stream-report';

const HITS: readonly Hit[] = [
  { day: '2026-11-24', outcome: 'landed', kind: 'email', path: 'coupon', records: 12 },
  { day: '2026-11-25', outcome: 'dead', kind: 'ssn', path: '*', records: 3 },
];
const report = (hits: readonly Hit[] | null) => ({
  generatedAt: '2026-11-25T00:00:00.000Z',
  days: 7,
  hitsRead: hits !== null,
  streams: [reportOf(visitsEventsV1, hits)],
});

describe('a report of a stream with every protection', () => {
  const lines = renderText(report(HITS)).split('\n');
  const lineOf = (path: string): string => lines.find((line) => line.includes(` ${path} `)) ?? '';

  it.each([
    ['patient.mrn', /tokenize: a token; the value never lands .* nobody +the token/],
    ['patient.name', /encrypt: encrypted .* nobody +nothing/],
    ['patient.date_of_birth', /generalize: .*\(1984\) .* nobody +the year/],
    ['patient.email', /clear: as sent .* CARE_TEAM, BREAK_GLASS +the domain \(example.com\) +member/],
    ['contacts[].phones[]', /tokenize: a token/],
    ['diagnoses[].note', /redact: nothing \(null\)/],
    ['region', /internal +as sent +all who see the row/],
  ])('%s', (path, says) => {
    expect(lineOf(path)).toMatch(says);
  });

  it('has its hits by day', () => {
    expect(lines.join('\n')).toMatch(
      /2026-11-24 +12 +email +coupon +landed, tagged\n +2026-11-25 +3 +ssn +\* +refused/,
    );
    expect(renderText(report([]))).toContain('no hits in 7 days');
    expect(renderHtml(report([]))).toContain('No hits in 7 days');
  });

  it('escapes what it is made of', () => {
    const page = renderHtml(report([{ ...HITS[0]!, path: '<script>&"\'' }]));
    expect(page).toContain('&lt;script&gt;&amp;&quot;&#39;');
    expect(page).not.toContain('<script');
  });
});
