import type { AuthEvent } from './auth-events';
import { time, whole, type ExpectedTable, type Row } from './expected-table';
import { dayOf, MILLISECOND, SECOND, type Instant } from './instant';
import { by, greatest, greatestOf, groupBy, smallestOf } from './order-by';

const IDLE_LIMIT: Instant = 30 * 60 * SECOND;

/** @param watermarkLag - of the stream's contract: how long after an event its like may still come */
export function expectedSessions(events: readonly AuthEvent[], watermarkLag: Instant): ExpectedTable {
  const watermark = (greatestOf(events.map((event) => event.happenedAt)) ?? 0) - watermarkLag;
  const failedOf = failedLogins(events);
  const rows = [
    ...groupBy(
      events.filter((event) => event.eventType !== 'login.failed'),
      (event) => event.sessionId,
    ),
  ].map(([sessionId, own]) => sessionRow(sessionId, own, watermark, failedOf));
  return { schema: 'GOLD', name: 'SESSIONS', key: ['SESSION_ID'], rows };
}

function sessionRow(
  sessionId: string,
  events: readonly AuthEvent[],
  watermark: Instant,
  failedOf: (customerId: string, login: Instant) => number,
): Row {
  const times = events.map((event) => event.happenedAt);
  const timesOf = (type: string): Instant[] =>
    events.filter((event) => event.eventType === type).map((event) => event.happenedAt);
  const login = smallestOf(timesOf('login.succeeded'));
  const startedAt = login ?? smallestOf(times) ?? 0;
  const lastEventAt = greatestOf(times) ?? 0;
  const latest = greatest(
    events,
    by(
      (event) => event.happenedAt,
      (event) => event.eventId,
    ),
  );
  const end = sessionEnd(startedAt, lastEventAt, greatestOf(timesOf('session.ended')), watermark);
  return {
    SESSION_ID: sessionId,
    CUSTOMER_ID: latest.customerId,
    DEVICE: latest.device,
    REGION: latest.region,
    STATE: end.state,
    STARTED_AT: time(startedAt),
    ENDED_AT: time(end.at),
    DURATION_SECONDS: end.at === null ? null : whole(wholeSeconds(startedAt, end.at)),
    SESSION_DATE: dayOf(startedAt),
    LAST_EVENT_AT: time(lastEventAt),
    REFRESH_COUNT: whole(timesOf('session.refreshed').length),
    FAILED_LOGINS: whole(login === null ? 0 : failedOf(latest.customerId, login)),
  };
}

/** Each of the two is rounded down to its millisecond before. */
function wholeSeconds(from: Instant, to: Instant): number {
  const milliseconds = Math.floor(to / MILLISECOND) - Math.floor(from / MILLISECOND);
  return Math.floor((milliseconds * MILLISECOND) / SECOND);
}

function sessionEnd(startedAt: Instant, lastEventAt: Instant, ended: Instant | null, watermark: Instant) {
  if (ended !== null) return { state: 'ended', at: Math.max(startedAt, ended) };
  if (lastEventAt + IDLE_LIMIT <= watermark) return { state: 'expired', at: lastEventAt };
  return { state: 'open', at: null };
}

/** How often a customer failed after the login before this one, and until this one. */
function failedLogins(events: readonly AuthEvent[]): (customerId: string, login: Instant) => number {
  const timesOf = (type: string) =>
    groupBy(
      events.filter((event) => event.eventType === type),
      (event) => event.customerId,
    );
  const [failed, succeeded] = [timesOf('login.failed'), timesOf('login.succeeded')];
  return (customerId, login) => {
    const earlier = (succeeded.get(customerId) ?? [])
      .map((event) => event.happenedAt)
      .filter((at) => at < login);
    const before = greatestOf(earlier) ?? -Infinity;
    return (failed.get(customerId) ?? []).filter(({ happenedAt: at }) => at > before && at <= login).length;
  };
}
