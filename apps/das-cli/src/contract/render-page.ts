import type { ContractPage, PageColumn, PageTable } from '@das/contracts';
import { alignedLines } from '../aligned-lines';

/** For a terminal. */
export function pageText(page: ContractPage): string {
  const parts = [
    `${page.name} ${page.version}  (${page.kind}, ${page.status}, ${page.classification})`,
    '',
    ...alignedLines(factsOf(page)),
    ...page.tables.flatMap((table) => ['', ...tableLines(table, page)]),
    '',
    'promises',
    ...alignedLines(
      page.promises.map(({ property, value, unit, measured }) => [
        property,
        `${value} ${unit ?? ''}`.trim(),
        measured ?? '',
      ]),
    ),
  ];
  if (page.consumers.length > 0)
    parts.push(
      '',
      'consumers',
      ...alignedLines(page.consumers.map(({ role, purpose, contact }) => [role, purpose, contact])),
    );
  return `${parts.join('\n')}\n`;
}

function factsOf(page: ContractPage): readonly (readonly string[])[] {
  const { team, cost } = page;
  const members = team.members.map(({ username, role }) =>
    role === null ? username : `${role} ${username}`,
  );
  const facts: readonly (readonly [string, string | null])[] = [
    ['purpose', page.purpose],
    ['usage', page.usage],
    ['limitations', page.limitations],
    ['may be used for', page.purposes.join(', ')],
    ['domain', page.domain],
    ['team', [team.name, ...members].join(', ')],
    ['support', page.support.join(', ')],
    ['readers', page.readers.length === 0 ? 'nobody' : page.readers.join(', ')],
    ['made from', page.upstream.join(', ')],
    ['made of it', page.downstream.length === 0 ? 'nothing' : page.downstream.join(', ')],
    ['replaces', page.replaces],
    ['cost', cost && `at most ${cost.monthlyCapUsd} USD a month, for ${cost.costCentre}`],
  ];
  return facts.flatMap(([name, text]) => (text === null || text === '' ? [] : [[name, oneLine(text)]]));
}

function tableLines(table: PageTable, { kind }: ContractPage): readonly string[] {
  const { name, materialized, internal, rowAccess, columns, key } = table;
  const facts = [
    materialized ?? 'appended to',
    internal ? 'internal: no consumer is promised it' : null,
    rowAccess === null
      ? null
      : `rows are seen by the policy ${rowAccess.policy} of ${Object.values(rowAccess.columns).join(', ')}`,
    key.length === 0 ? null : `key ${key.join(', ')}`,
  ].filter((fact) => fact !== null);
  const isStream = kind === 'stream';
  const headings = [
    'column',
    'type',
    'class',
    'kind',
    isStream ? 'lands' : 'made from',
    'seen clear by',
    'others see',
  ];
  return [
    `${name}  (${facts.join('; ')})`,
    ...alignedLines([
      headings.map((heading) => heading.toUpperCase()),
      ...columns.map((column) => cellsOf(column, isStream)),
    ]),
  ];
}

function cellsOf(column: PageColumn, isStream: boolean): readonly string[] {
  const { name, type, required, classification, phi, lands, mask, clearFor, madeFrom } = column;
  return [
    name,
    `${type}${required ? '' : '?'}`,
    classification,
    phi ?? '',
    isStream ? (lands ?? 'clear') : madeFrom.join(', '),
    seenBy(clearFor),
    mask ?? '',
  ];
}

function seenBy(clearFor: PageColumn['clearFor']): string {
  if (clearFor === 'everybody') return 'all who see the row';
  return clearFor.length === 0 ? 'nobody' : clearFor.join(', ');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
