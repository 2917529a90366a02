import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../wait';
import { Deck } from './deck';
import { longestGap } from './lake-watch';
import type { ChaosReport } from './report';
import { Run, type RunOptions } from './run';
import { rounded } from './settle';
import { QUIET_TROUBLES, TROUBLES, type Trouble } from './troubles';

const LONGEST_PAUSE_MS = 1_000;
/** Commits are withheld for longer than this patience, and for less. */
const FLEET = { instances: 1, patienceSeconds: 3 };

/**
 * So many rounds (a deck of troubles and a calm: a minute or two), or until so many minutes are over. Half a deck has
 * every kind of trouble half as often.
 */
export type ChaosSpan = { readonly rounds: number; readonly deck?: 'half' } | { readonly minutes: number };

/** All troubles at random while events flow, then a calm, and again. */
export async function runChaos(options: RunOptions, span: ChaosSpan): Promise<ChaosReport> {
  return Run.with(options, FLEET, async (run) => {
    const endMs = 'minutes' in span ? run.startedMs + span.minutes * 60_000 : Infinity;
    const rounds = 'rounds' in span ? span.rounds : Infinity;
    const { rig } = run.fleet;
    const share = 'rounds' in span && span.deck === 'half' ? 2 : 1;
    const own = rig.troubles.map((trouble): Trouble => ({
      ...trouble,
      make: (_, random) => trouble.make(random),
    }));
    const cards = [...TROUBLES, ...own].flatMap((trouble) =>
      Array.from({ length: Math.ceil(trouble.weight / share) }, () => trouble),
    );
    const deck = new Deck(cards, run.random);
    const isOver = (): boolean => run.isInterrupted || Date.now() >= endMs;
    let longestStallMs = 0;
    for (let round = 0; round < rounds && !isOver(); round++) {
      const sinceMs = Date.now();
      run.flow.start(rig.eventsPerSecond);
      await until('something flows', () => rig.partitions().length > 0);
      for (let made = 0; made < deck.size && !isOver(); made++) {
        await run.make(deck.draw());
        await sleep(run.random.below(LONGEST_PAUSE_MS));
        await run.respite(rig.respiteMs);
      }
      await run.calm(QUIET_TROUBLES);
      longestStallMs = Math.max(longestStallMs, longestGap(run.watch.times, sinceMs));
    }
    return run.report({ profile: 'chaos', longestStallSeconds: rounded(longestStallMs / 1000) });
  });
}
