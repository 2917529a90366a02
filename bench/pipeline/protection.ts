import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import type { StreamContract } from '@das/contracts';
import { protect } from '@das/phi';
import { lateness, parse, systemClock } from '@das/pipeline';
import { validate } from '@das/schema-validation';
import { visitsEventsV1 } from '@das/testing';
import { bestOf, makeRecords, through } from './through';

export interface ProtectionCost {
  readonly stream: string;
  /** Microseconds of an event through all steps and into its row. */
  readonly without: number;
  readonly protected: number;
  readonly ratio: number;
}

const unlinked: StreamContract = {
  ...ordersEventsV1,
  phi: ordersEventsV1.phi.map((property) => ({ ...property, link: undefined })),
};

/** From only tags to every protection there is. */
const STREAMS = [
  ['orders, tags alone', 'orders', unlinked],
  ['orders, with the link token', 'orders', ordersEventsV1],
  ['auth, an address generalised', 'auth', authEventsV1],
  ['visits, every protection', 'visits', visitsEventsV1],
] as const;

/** By turns with the same stream without protection. */
export async function measureProtection(
  rounds: number,
  stop: AbortSignal,
): Promise<readonly ProtectionCost[]> {
  const key = { id: 'k', material: Buffer.alloc(32, 7) };
  const keys = { current: () => key, find: () => key };
  const costs: ProtectionCost[] = [];
  for (const [stream, events, contract] of STREAMS) {
    const records = makeRecords(events);
    const steps = [parse(), validate([contract]), lateness(systemClock)];
    const works = [
      await through(records, contract, steps),
      await through(records, contract, [...steps, protect([contract], { keys, clock: systemClock })]),
    ];
    const [without = NaN, guarded = NaN] = await bestOf(works, rounds, stop);
    costs.push({ stream, without, protected: guarded, ratio: guarded / without });
  }
  return costs;
}
