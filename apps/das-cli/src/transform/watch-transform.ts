import { setTimeout as sleep } from 'node:timers/promises';
import { asFailure } from '@das/pipeline';
import { BuildFailed, type RunReport, type Transformer } from '@das/transform';
import type { CliContext } from '../context';
import { renderReport } from './render-report';
import { tellBuildFailure } from './tell-build-failure';

/** A build that fails again and again is tried this seldom in the end. */
const LONGEST_PAUSE_SECONDS = 60;

/** Runs until it is interrupted. What fails is told and tried again; readers keep the last good snapshot. */
export async function watchTransform(
  transformer: Transformer,
  {
    watch,
    force = false,
    json = false,
  }: { readonly watch: number; readonly force?: boolean; readonly json?: boolean },
  context: CliContext,
): Promise<void> {
  const { terminal, signal } = context;
  let failures = 0;
  let told = '';
  let last = '';
  terminal.note(`looking every ${watch} s; Ctrl-C stops`);
  while (!signal.aborted) {
    try {
      const report = await transformer.run({ force, fullRefresh: false, signal, tell: () => undefined });
      // Once is enough.
      if (json || report.state !== 'unchanged' || last !== 'unchanged') tell(report, json, context);
      last = report.state;
      if (failures > 0) terminal.note(`green again after ${times(failures)}`);
      failures = 0;
      told = '';
    } catch (thrown) {
      if (isAborted(signal)) break;
      failures++;
      // The same again is one line.
      const what = fingerprintOf(thrown);
      if (json || what !== told) tellBuildFailure(thrown, json, context);
      told = what;
      terminal.alarm(`das: ${asFailure(thrown).line}: ${times(failures)}; what was published stays`);
    }
    const pause =
      failures < 2 ? watch : Math.max(watch, Math.min(LONGEST_PAUSE_SECONDS, watch * 2 ** failures));
    await sleep(pause * 1000, undefined, { signal }).catch(() => undefined);
  }
}

function tell(report: RunReport, json: boolean, { terminal }: CliContext): void {
  if (json) terminal.print(`${JSON.stringify(report)}\n`);
  else if (report.state === 'unchanged') terminal.note(renderReport(report));
  else terminal.print(`${renderReport(report)}\n`);
}

function fingerprintOf(thrown: unknown): string {
  const failure = asFailure(thrown);
  return JSON.stringify([failure.line, failure instanceof BuildFailed ? failure.problems : []]);
}

function times(failures: number): string {
  return failures === 1 ? 'once' : `${failures} times in a row`;
}

/** Asked anew: it changes at any `await`. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
