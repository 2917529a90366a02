import type { Observed, Published, RunReport } from '@das/transform';

/** A run in words: one line for what was published, a line for each task and table of what was observed. */
export function renderReport(report: RunReport): string {
  switch (report.state) {
    case 'published':
      return renderPublished(report);
    case 'unchanged':
      return `nothing is new: ${report.id} stays`;
    case 'observed':
      return renderObserved(report);
  }
}

function renderPublished({ id, seconds, models, tests, tables }: Published): string {
  const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
  const warned = tests.warned === 0 ? '' : `, ${tests.warned} warned`;
  return (
    `published ${id}: ${models.length} models, ${rows.toLocaleString('en-US')} rows, ` +
    `${tests.passed} tests passed${warned}, ${seconds.toFixed(1)} s`
  );
}

function renderObserved({ tasks, dynamicTables }: Observed): string {
  const lines = [
    ...tasks.map(({ name, state, lastRunAt, seconds, runs, failures, errorCode }) => [
      'task',
      name,
      state ?? 'no run',
      `last run ${lastRunAt ?? 'never'}`,
      seconds === null ? 'running' : `${seconds} s`,
      `${failures} of ${runs} runs failed`,
      ...(errorCode === null ? [] : [`error ${errorCode}`]),
    ]),
    ...dynamicTables.map((table) => [
      'dynamic table',
      table.name,
      [table.scheduling, table.state ?? 'no refresh'].filter((word) => word !== null).join(', '),
      `last refresh ${table.lastRefreshAt ?? 'never'}`,
      `lag ${table.lagSeconds ?? '?'} of ${table.targetLagSeconds ?? '?'} s`,
      `${table.rowsInserted ?? '?'} rows in, ${table.rowsDeleted ?? '?'} out`,
      `${table.failures} of ${table.refreshes} refreshes failed`,
    ]),
  ];
  if (lines.length === 0) return 'no task has run for a day, and there is no dynamic table';
  return lines.map((words) => words.join('  ')).join('\n');
}
