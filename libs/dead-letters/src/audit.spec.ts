import { Failure } from '@das/pipeline';
import { ManualClock, MemorySink, until } from '@das/testing';
import { writeAudit, type AuditEntry } from './audit';

const entry = (record: string): AuditEntry => ({
  actor: 'a@b',
  action: 'discard',
  stream: 's_v1',
  record,
  reason: 'a test',
});

describe('the audit', () => {
  it('returns only once every entry is committed, in appends of bounded size', async () => {
    const sink = new MemorySink({ maxAppendBytes: 500 });
    const clock = new ManualClock();
    const records = Array.from({ length: 20 }, (_, index) => `r${index}`);
    let isDone = false;
    const writing = writeAudit(sink, records.map(entry), { patienceMs: 1_000, clock }).then((name) => {
      isDone = true;
      return name;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isDone).toBe(false);
    sink.commit();
    expect(sink.channelNames()).toEqual([await writing]);
    expect(sink.rows.map(({ RECORD }) => RECORD)).toEqual(records);
    expect(sink.rows[0]).toMatchObject({ ACTION: 'discard', ACTOR: 'a@b', REASON: 'a test', STREAM: 's_v1' });
    expect(new Set(sink.rows.map(({ AUDIT_ID }) => AUDIT_ID)).size).toBe(20);
  });

  it('does not wait for a commit for ever', async () => {
    const clock = new ManualClock();
    const sink = new MemorySink();
    const writing = writeAudit(sink, [entry('r')], { patienceMs: 1_000, clock });
    const failed = expect(writing).rejects.toMatchObject({ kind: 'transient', code: 'audit_overdue' });
    await until('opened', () => sink.channelNames().length === 1);
    clock.advance(1_000);
    await failed;
  });

  it('fails as its append does', async () => {
    const sink = new MemorySink();
    sink.appendFaults.push(new Failure('setup', 'no', 'no'));
    await expect(writeAudit(sink, [entry('r')], { patienceMs: 1_000 })).rejects.toThrow('no');
  });

  it.each(['before it begins', 'while its channel is opened'])(
    'writes nothing when interrupted %s',
    async (when) => {
      const interruption = new AbortController();
      const sink = new MemorySink();
      if (when === 'before it begins') interruption.abort();
      const writing = writeAudit(sink, [entry('r')], { patienceMs: 60_000, signal: interruption.signal });
      interruption.abort();
      await expect(writing).rejects.toMatchObject({ code: 'interrupted' });
      sink.commit();
      expect(sink.rows).toEqual([]);
    },
  );

  it('ends when it is interrupted', async () => {
    const interruption = new AbortController();
    const writing = writeAudit(new MemorySink(), [entry('r')], {
      patienceMs: 60_000,
      signal: interruption.signal,
    });
    setTimeout(() => {
      interruption.abort();
    }, 10);
    await expect(writing).rejects.toMatchObject({ code: 'interrupted' });
  });
});
