import type { StreamContract } from '@das/contracts';
import { ManualClock, MemoryLog, MemorySink, MemorySource } from '@das/testing';
import { createTokenMaker, formatToken } from './offset-token';
import type { KeyProvider } from './ports/key-provider';
import { createRecordHash } from './record-hash';
import { RecordProbe } from './record-probe';
import { recoverChannel, type RecoverQuery } from './recover-channel';

const contract = { stream: 's_v1' } as unknown as StreamContract;
const key = { id: 'k', material: new Uint8Array(32) };
const keys: KeyProvider = { current: () => key, find: () => key };
const hashOf = createRecordHash(keys);
const tokens = createTokenMaker(keys);
const CHANNEL = 'c__s_v1__1__0';

describe('the recovery of a channel', () => {
  let log: MemoryLog;
  let sink: MemorySink;
  let timer: NodeJS.Timeout;
  let probe: RecordProbe;

  beforeEach(async () => {
    log = new MemoryLog();
    for (const value of ['a', 'b', 'c', null]) log.append(value);
    sink = new MemorySink();
    const source = new MemorySource(log);
    await source.start((partition) => (probe = new RecordProbe(partition, source, new ManualClock())));
    source.take();
    timer = setInterval(() => {
      source.poll(3);
    }, 1);
  });
  afterEach(() => {
    clearInterval(timer);
  });

  const recordAt = (index: number) => {
    const record = log.records[index];
    if (record === undefined) throw new Error('no such record');
    return record;
  };
  const witnessOf = (index: number, epoch = 1) => ({
    epoch,
    position: String(index),
    recordHash: hashOf(recordAt(index)),
  });
  const recover = async (query: Partial<RecoverQuery>) =>
    recoverChannel({
      collector: 'c',
      contract,
      sink,
      keys,
      probe,
      witness: undefined,
      fromCheckpoint: false,
      dryRun: false,
      ...query,
    });
  const tokenIn = async (channel: string) => (await sink.statuses([channel])).get(channel)?.committedToken;

  it('opens it with the token of the last record that BRONZE has', async () => {
    expect(await recover({ witness: witnessOf(2), dryRun: true })).toMatchObject({ outcome: 'recoverable' });
    expect(sink.channelNames()).toEqual([]);
    expect(await recover({ witness: witnessOf(2) })).toEqual({
      outcome: 'recovered',
      channel: CHANNEL,
      position: '2',
      verified: true,
    });
    expect(await tokenIn(CHANNEL)).toBe(formatToken(tokens.of(recordAt(2))));
  });

  it('knows a row that an earlier record-hash key hashed', async () => {
    const later = { id: 'l', material: new Uint8Array(32).fill(1), previous: key };
    const rotated: KeyProvider = { current: () => later, find: () => later };
    expect(await recover({ witness: witnessOf(2), keys: rotated })).toMatchObject({ verified: true });
  });

  it('never touches one that has a token', async () => {
    await sink.open(CHANNEL, { status: () => undefined, failed: () => undefined }, 'theirs');
    expect(await recover({ witness: witnessOf(2) })).toEqual({ outcome: 'has_token', channel: CHANNEL });
    expect(await tokenIn(CHANNEL)).toBe('theirs');
  });

  it('is of the latest epoch that BRONZE has', async () => {
    await recover({ witness: witnessOf(1, 2) });
    expect(sink.channelNames()).toEqual(['c__s_v1__2__0']);
  });

  it.each([
    ['another record there', { position: '2', recordHash: 'x' }, 'log_recreated'],
    ['a log that is shorter', { position: '99', recordHash: 'x' }, 'log_recreated'],
  ])('is refused for %s', async (_what, witness, code) => {
    const recovering = recover({ witness: { epoch: 1, ...witness } });
    await expect(recovering).rejects.toMatchObject({ kind: 'setup', code });
    expect(sink.channelNames()).toEqual([]);
  });

  it('is refused to whoever does not own the partition', async () => {
    log.owner = undefined;
    await expect(recover({ witness: witnessOf(2) })).rejects.toMatchObject({ code: 'not_owner' });
    expect(sink.channelNames()).toEqual([]);
  });

  it('believes the checkpoint only where it is told to', async () => {
    expect(await recover({})).toMatchObject({ outcome: 'nothing_to_do' });
    log.checkpoint = { position: '0', kind: 'started' };
    expect(await recover({ fromCheckpoint: true })).toMatchObject({ outcome: 'nothing_to_do' });
    log.checkpoint = { position: '1', kind: 'committed' };
    await expect(recover({})).rejects.toMatchObject({ code: 'no_witness' });
    expect(await recover({ fromCheckpoint: true })).toMatchObject({
      outcome: 'recovered',
      position: '1',
      verified: false,
    });
    expect(await tokenIn(CHANNEL)).toBe(formatToken(tokens.of(recordAt(1))));
  });

  it('goes on where the record is gone, and says that nothing was compared', async () => {
    const gone = { epoch: 1, position: '-1', recordHash: 'x' };
    expect(await recover({ witness: gone })).toMatchObject({ outcome: 'recovered', verified: false });
    expect(await tokenIn(CHANNEL)).toBe('-1~none~----------------');
  });
});
