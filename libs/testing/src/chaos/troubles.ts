import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../events/random';
import type { ManagedProcess } from '../processes/managed-process';
import { between } from './source-trouble';
import type { ChaosFleet, Member } from './chaos-fleet';

const MOST_INSTANCES = 3;
const REOPEN_CODES = [
  'ERR_CHANNEL_HAS_INVALID_ROW_SEQUENCER',
  'ERR_CHANNEL_HAS_INVALID_CLIENT_SEQUENCER',
  'ERR_CHANNEL_MUST_BE_REOPENED',
  'ERR_CHANNEL_MUST_BE_REOPENED_DUE_TO_ROW_SEQ_GAP',
];
/** Refusals that a collector has to live through; what it must stop for has tests of its own. */
const REFUSALS = [
  { on: 'append', status: 400, code: 'STALE_CONTINUATION_TOKEN_SEQUENCER' },
  { on: 'append', status: 409, code: 'ERR_CHANNEL_HAS_INVALID_CLIENT_SEQUENCER' },
  { on: 'append', status: 408 },
  { on: 'append', status: 429 },
  { on: 'append', status: 500 },
  { on: 'append', status: 503 },
  { on: 'append', status: 401 },
  { on: 'open', status: 409, code: 'ERR_CHANNEL_HAS_UNCOMMITTED_DATA' },
  { on: 'open', status: 429 },
  { on: 'open', status: 503 },
  { on: 'status', status: 429 },
  { on: 'status', status: 500 },
  { on: 'token', status: 503 },
  { on: 'hostname', status: 500 },
];

/** One kind of trouble. */
export interface Trouble {
  readonly name: string;
  /** How often it comes per deck. */
  readonly weight: number;
  /** Makes it, with the fleet as it was before except for what goes on meanwhile. @returns what exactly was done */
  make(fleet: ChaosFleet, random: Random): Promise<string>;
}

const kill = (process: ManagedProcess): Promise<void> => process.kill9();
const stop = (process: ManagedProcess): Promise<unknown> => process.stop();
const memberOf = (fleet: ChaosFleet, random: Random): Member => random.pick(fleet.members);

/** One channel, or every one. */
function someChannel(fleet: ChaosFleet, random: Random): string | undefined {
  return random.chance(0.3) ? undefined : oneChannel(fleet, random);
}

function oneChannel(fleet: ChaosFleet, random: Random): string {
  return fleet.channelOf(random.pick(fleet.rig.partitions()));
}

async function fault(fleet: ChaosFleet, one: Readonly<Record<string, unknown>>): Promise<string> {
  await fleet.faulty.commit(one);
  return JSON.stringify(one);
}

/** A fault that stands until it is cleared, with all others. */
async function standing(fleet: ChaosFleet, kind: string, ms: number): Promise<string> {
  await fleet.faulty.commit({ kind });
  await sleep(ms);
  await fleet.faulty.clear();
  return `for ${ms} ms`;
}

/** Every trouble that a collector of any source must come through without anybody's help. */
export const TROUBLES: readonly Trouble[] = [
  {
    name: 'kill-collector',
    weight: 5,
    async make(fleet, random) {
      await fleet.replace(memberOf(fleet, random), kill);
      return 'kill -9';
    },
  },
  {
    name: 'stop-collector',
    weight: 1,
    async make(fleet, random) {
      await fleet.replace(memberOf(fleet, random), stop);
      return 'SIGTERM';
    },
  },
  {
    name: 'freeze-collector',
    weight: 3,
    async make(fleet, random) {
      // Shorter and longer than its session.
      const ms = between(random, 300, 5_000);
      fleet.meanwhile(fleet.freeze(memberOf(fleet, random), ms));
      return Promise.resolve(`for ${ms} ms`);
    },
  },
  {
    name: 'scale',
    weight: 4,
    async make(fleet, random) {
      const before = fleet.members.length;
      const to = before === 1 ? MOST_INSTANCES : random.chance(0.7) ? 1 : 2;
      await fleet.scale(to);
      return `${before} to ${to}`;
    },
  },
  {
    name: 'kill-endpoint',
    weight: 5,
    async make(fleet, random) {
      await fleet.restartEndpoint(kill, between(random, 0, 1_500));
      return 'kill -9';
    },
  },
  {
    name: 'stop-endpoint',
    weight: 1,
    async make(fleet, random) {
      await fleet.restartEndpoint(stop, between(random, 0, 1_500));
      return 'SIGTERM';
    },
  },
  {
    name: 'freeze-endpoint',
    weight: 1,
    async make(fleet, random) {
      const ms = between(random, 300, 3_000);
      fleet.meanwhile(fleet.freezeEndpoint(ms));
      return Promise.resolve(`for ${ms} ms`);
    },
  },
  {
    name: 'passing-writer',
    weight: 2,
    async make(fleet, random) {
      const channel = oneChannel(fleet, random);
      await fleet.faulty.usurp(channel);
      return channel;
    },
  },
  {
    name: 'invalidate-channel',
    weight: 3,
    make: async (fleet, random) =>
      fault(fleet, {
        kind: 'invalidate-channel',
        channel: someChannel(fleet, random),
        code: random.pick(REOPEN_CODES),
      }),
  },
  {
    name: 'stale-sequencer',
    weight: 2,
    make: async (fleet, random) =>
      fault(fleet, { kind: 'stale-sequencer', channel: someChannel(fleet, random) }),
  },
  {
    name: 'refuse',
    weight: 5,
    make: async (fleet, random) =>
      fault(fleet, { kind: 'refuse', ...random.pick(REFUSALS), times: 1 + random.below(5) }),
  },
  {
    name: 'drop-response',
    weight: 3,
    make: async (fleet, random) =>
      fault(fleet, {
        kind: 'drop-response',
        on: random.pick(['append', 'append', 'open', 'status']),
        after: random.pick(['receipt', 'commit']),
        times: 1 + random.below(3),
      }),
  },
  {
    name: 'slow',
    weight: 2,
    make: async (fleet, random) =>
      fault(fleet, {
        kind: 'slow',
        on: random.pick(['append', 'open', 'status']),
        ms: between(random, 200, 3_000),
        times: 1 + random.below(4),
      }),
  },
  { name: 'expire-tokens', weight: 1, make: async (fleet) => fault(fleet, { kind: 'expire-tokens' }) },
  {
    name: 'withhold-commits',
    weight: 1,
    make: async (fleet, random) => standing(fleet, 'withhold-commits', between(random, 500, 4_000)),
  },
  {
    name: 'disk-full',
    weight: 1,
    make: async (fleet, random) => standing(fleet, 'disk-full', between(random, 500, 3_000)),
  },
];

/** Troubles of which nobody hears unless he looks: they come last, when no new event will find them out. */
export const QUIET_TROUBLES: readonly Trouble[] = TROUBLES.filter(({ name }) =>
  ['kill-endpoint', 'passing-writer', 'invalidate-channel', 'kill-collector', 'stale-sequencer'].includes(
    name,
  ),
);
