import type { AuthEventsV1 } from '@contracts/brook-commerce';
import { makeCustomer } from './people';
import type { Random } from './random';
import type { EventSource } from './stream-events';

const MAX_OPEN_SESSIONS = 300;
const DEVICES = ['mobile', 'desktop', 'tablet', 'other'] as const;
const AGENTS = ['Mozilla/5.0 (sample; mobile)', 'Mozilla/5.0 (sample; desktop)', 'sample-app/4.2'];

interface Session {
  readonly customerId: string;
  readonly region: AuthEventsV1['region'];
  readonly id: string;
  readonly ip: string;
  readonly device: AuthEventsV1['device'];
  readonly agent: string;
}

/** Logins that fail and succeed, sessions that are refreshed and end. */
export function authEvents(random: Random): EventSource {
  const open: Session[] = [];
  let count = 0;

  function begin(): Session {
    const { id, region } = makeCustomer(random, random.below(5_000));
    return {
      customerId: id,
      region,
      id: `ses_${String(count++).padStart(12, '0')}`,
      // 203.0.113.0/24 is reserved for documentation.
      ip: `203.0.113.${1 + random.below(254)}`,
      device: random.pick(DEVICES),
      agent: random.pick(AGENTS),
    };
  }

  function step(): { session: Session; type: AuthEventsV1['event_type'] } {
    const proceed = open.length >= MAX_OPEN_SESSIONS || (open.length > 0 && random.chance(0.6));
    const session = proceed ? open.splice(random.below(open.length), 1)[0] : undefined;
    if (session === undefined) {
      const begun = begin();
      if (random.chance(0.2)) return { session: begun, type: 'login.failed' };
      open.push(begun);
      return { session: begun, type: 'login.succeeded' };
    }
    if (random.chance(0.5)) return { session, type: 'session.ended' };
    open.push(session);
    return { session, type: 'session.refreshed' };
  }

  return {
    next() {
      const { session, type } = step();
      return {
        key: session.customerId,
        type,
        body: {
          customer_id: session.customerId,
          session_id: session.id,
          ip: session.ip,
          user_agent: session.agent,
          device: session.device,
          region: session.region,
        },
        oddPlaces: [(text) => ({ user_agent: text }), (text) => ({ comment: text })],
      };
    },
  };
}
