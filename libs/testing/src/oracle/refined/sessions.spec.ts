import type { BronzeRow } from './bronze-row';
import type { Row } from './expected-table';
import { foldRefined } from './fold-refined';
import { at, authRow } from './rows-by-hand';

function sessions(...auth: readonly BronzeRow[]): readonly Row[] {
  return (
    foldRefined({ orders: [], auth, audit: [], rekeys: [] }).find(({ name }) => name === 'SESSIONS')?.rows ??
    []
  );
}
let ids = 0;
const event = (type: string, clock: string, payload = {}, row: Partial<BronzeRow> = {}): BronzeRow =>
  authRow({ id: `e${String(ids++).padStart(3, '0')}`, type, at: clock, payload, row });
const login = (clock: string, session: string, payload = {}) =>
  event('login.succeeded', clock, { session_id: session, ...payload });
const failed = (clock: string, payload = {}) =>
  event('login.failed', clock, { session_id: 'ses_failed', ...payload });
const failures = (...auth: readonly BronzeRow[]): unknown =>
  Object.fromEntries(sessions(...auth).map((row) => [row.SESSION_ID, row.FAILED_LOGINS]));

describe('expected sessions', () => {
  it('have every column', () => {
    expect(
      sessions(
        event('session.ended', '10:30:00.999', { device: 'desktop' }),
        event('session.refreshed', '10:10'),
        event('login.succeeded', '10:00:00.5'),
      ),
    ).toEqual([
      {
        SESSION_ID: 'ses_1',
        CUSTOMER_ID: 'cus_1',
        DEVICE: 'desktop',
        REGION: 'EMEA',
        STATE: 'ended',
        STARTED_AT: '2026-11-20T10:00:00.500000Z',
        ENDED_AT: '2026-11-20T10:30:00.999000Z',
        DURATION_SECONDS: '1800',
        SESSION_DATE: '2026-11-20',
        LAST_EVENT_AT: '2026-11-20T10:30:00.999000Z',
        REFRESH_COUNT: '1',
        FAILED_LOGINS: '0',
      },
    ]);
  });

  it('are one across midnight, of the day on which they began', () => {
    const [session] = sessions(
      event('login.succeeded', '2026-11-20T23:59:59.900Z'),
      event('session.ended', '2026-11-21T00:00:01Z'),
    );
    expect(session).toMatchObject({ SESSION_DATE: '2026-11-20', DURATION_SECONDS: '1' });
  });

  it.each([
    // 999.2 ms apart, and a second by the milliseconds 00.000 and 01.000.
    ['10:00:00.0009', '10:00:01.0001', '1'],
    ['10:00:00.0009', '10:00:00.9999', '0'],
    ['10:00:00.001', '10:00:01.0009', '0'],
  ])('from %s to %s last whole seconds of milliseconds: %s', (from, to, duration) => {
    expect(sessions(login(from, 'ses_1'), event('session.ended', to))).toEqual([
      expect.objectContaining({ DURATION_SECONDS: duration }),
    ]);
  });

  it.each([
    // The latest of all is at 14:30, so the watermark is at 12:30, half an hour after noon.
    ['12:00', 'expired', '2026-11-20T12:00:00.000000Z', '3600'],
    ['12:00:00.001', 'open', null, null],
  ])('with a last event at %s are %s', (last, state, endedAt, duration) => {
    const rows = sessions(
      event('login.succeeded', '11:00'),
      event('session.refreshed', last),
      failed('14:30', { customer_id: 'cus_2' }),
    );
    expect(rows).toEqual([
      expect.objectContaining({ STATE: state, ENDED_AT: endedAt, DURATION_SECONDS: duration }),
    ]);
  });

  it('are not closed by a clock that is ahead', () => {
    const ahead = event('login.failed', '2027-01-01T00:00:00Z', {}, { SOURCE_TS: at('11:30') });
    expect(sessions(event('login.succeeded', '11:00'), ahead)).toEqual([
      expect.objectContaining({ STATE: 'open' }),
    ]);
  });

  it('end by the latest end, and not before they began', () => {
    const end = (clock: string) => event('session.ended', clock);
    expect(sessions(login('10:00', 'ses_1'), end('10:20'), end('10:10'))[0]).toMatchObject({
      ENDED_AT: '2026-11-20T10:20:00.000000Z',
    });
    expect(sessions(login('10:00', 'ses_1'), end('09:59'))[0]).toMatchObject({
      STATE: 'ended',
      ENDED_AT: '2026-11-20T10:00:00.000000Z',
      LAST_EVENT_AT: '2026-11-20T10:00:00.000000Z',
      DURATION_SECONDS: '0',
    });
  });

  it('begin with the login, or with what there is', () => {
    const refreshed = event('session.refreshed', '09:00');
    expect(sessions(refreshed)[0]).toMatchObject({
      STARTED_AT: '2026-11-20T09:00:00.000000Z',
      FAILED_LOGINS: '0',
    });
    expect(sessions(refreshed, login('10:00', 'ses_1'), login('11:00', 'ses_1'))[0]).toMatchObject({
      STARTED_AT: '2026-11-20T10:00:00.000000Z',
    });
  });

  it('are none where nobody got in', () => {
    expect(sessions(failed('10:00'))).toEqual([]);
  });

  it('count the failures since the login before, at the same instant included', () => {
    expect(
      failures(
        failed('09:00'),
        login('10:00', 'one'),
        failed('10:00'),
        failed('10:30'),
        failed('11:00'),
        failed('10:45', { customer_id: 'cus_2' }),
        login('11:00', 'two'),
        failed('11:30'),
      ),
    ).toEqual({ one: '2', two: '2' });
  });

  it('count the same failures for two logins at the same instant, and none for a later one of the session', () => {
    expect(
      failures(
        failed('09:00'),
        login('10:00', 'one'),
        login('10:00', 'two'),
        failed('10:30'),
        login('11:00', 'one'),
      ),
    ).toEqual({ one: '1', two: '1' });
  });

  it('take device and region from the latest event, at the same instant of the greater id', () => {
    const at10 = (id: string, device: string) =>
      authRow({ id, type: 'session.refreshed', at: '10:00', payload: { device } });
    expect(sessions(at10('y', 'tablet'), at10('x', 'desktop'))[0]).toMatchObject({ DEVICE: 'tablet' });
  });
});
