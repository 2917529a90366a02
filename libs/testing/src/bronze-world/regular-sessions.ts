import type { AuthEventsV1 } from '@contracts/brook-commerce';
import type { Random } from '../events/random';
import type { EventSource } from '../events/stream-events';
import { Regulars } from './regulars';

const DEVICES = ['mobile', 'desktop', 'tablet', 'other'] as const;

interface Session {
  readonly id: string;
  readonly customer: number;
  readonly ip: string;
}
type Step = readonly [Session, AuthEventsV1['event_type']];

/** Sessions of customers who come again: failures before a login, refreshes over hours, ends that never come. */
export function regularSessions(random: Random, size: number): EventSource {
  const regulars = new Regulars(random, Math.max(5, Math.floor(size / 60)));
  const mostOpen = Math.max(10, Math.floor(size / 300));
  const open: Session[] = [];
  /** A login and the failures before it come one after another. */
  const soon: Step[] = [];
  let count = 0;

  function session(customer: number): Session {
    // 203.0.113.0/24 is reserved for documentation; the contract lands it so.
    return { id: `ses_${String(count++).padStart(12, '0')}`, customer, ip: '203.0.113.0/24' };
  }

  function arrive(): void {
    const begun = session(regulars.pick());
    for (let failures = random.pick([0, 0, 0, 1, 2, 4]); failures > 0; failures--) {
      soon.push([random.chance(0.5) ? begun : session(begun.customer), 'login.failed']);
    }
    // Somebody who never gets in; a session whose login was lost; one that nobody ends.
    if (random.chance(0.1)) return;
    if (!random.chance(0.03)) soon.push([begun, 'login.succeeded']);
    if (random.chance(0.05)) soon.push([session(begun.customer), 'login.succeeded']);
    if (!random.chance(0.1)) open.push(begun);
  }

  function step(): Step {
    for (;;) {
      const next = soon.length > 0 && random.chance(0.8) ? soon.shift() : undefined;
      if (next !== undefined) return next;
      const proceeds = open.length >= mostOpen || (open.length > 0 && random.chance(0.6));
      const known = proceeds ? open.splice(random.below(open.length), 1)[0] : undefined;
      if (known === undefined) {
        arrive();
        continue;
      }
      if (random.chance(0.35)) return [known, 'session.ended'];
      open.push(known);
      return [known, random.chance(0.03) ? 'login.succeeded' : 'session.refreshed'];
    }
  }

  return {
    next() {
      const [{ id: sessionId, customer, ip }, type] = step();
      const { id, profile } = regulars.seen(customer);
      return {
        key: id,
        type,
        body: {
          customer_id: id,
          session_id: sessionId,
          ip,
          user_agent: 'Mozilla/5.0 (sample; "quoted")',
          device: random.pick(DEVICES),
          region: profile.region,
        },
        oddPlaces: [],
      };
    },
  };
}
