import type { StreamContract } from '@das/contracts';
import { protect } from '@das/phi';
import { ClearRecord, draftOf, systemClock } from '@das/pipeline';
import { testKeys, visitsEventsV1 } from '@das/testing';
import { examplesOf } from './forms';
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

describe('the example of what is generalised', () => {
  const kinds = ['date_of_birth', 'postal_code', 'ip', 'diagnosis', 'procedure'] as const;

  it.each(kinds)('is what protection makes of a %s', (kind) => {
    const property = {
      path: ['value'],
      kind,
      classification: 'phi',
      protect: 'generalize',
      clearFor: [],
    } as const;
    const contract: StreamContract = { ...visitsEventsV1, phi: [property] };
    const { sent, generalized } = examplesOf(kind);
    const event = { value: sent };
    const payload = Buffer.from(JSON.stringify(event));
    const draft = draftOf(new ClearRecord('1', null, payload, undefined, []), contract);
    draft.event = event;
    protect([contract], { keys: testKeys(), clock: systemClock })(draft);
    expect(JSON.parse(Buffer.from(draft.payload).toString())).toEqual({ value: generalized });
  });
});
