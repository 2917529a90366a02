import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChannelInvalidated, type ChannelStatus, type Failure, type Sink } from '@das/pipeline';
import { createSnowpipeSink } from '@das/snowpipe';
import { freePort, makeKeys, MemorySink, startLocalSnowpipe, type ManagedProcess } from '@das/testing';

/** A sink, and what a test can do to what is behind it. */
interface Rig {
  /** Another process's sink on the same tables. */
  readonly connect: () => Sink;
  /** Makes what was received durable; a service that commits by itself does nothing here. */
  readonly commit: () => void;
  /** kill -9 and a new start. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

class Listener {
  readonly heard: (ChannelStatus | Failure)[] = [];

  status(status: ChannelStatus): void {
    this.heard.push(status);
  }

  failed(failure: Failure): void {
    this.heard.push(failure);
  }

  get committedToken(): string | undefined {
    const last = this.heard.at(-1);
    return last instanceof Error ? undefined : last?.committedToken;
  }
}

const batch = (position: number, bytes = 0) => ({
  rows: Buffer.from(`{"ID":${position},"PAD":"${'x'.repeat(bytes)}"}\n`),
  rowCount: 1,
  startToken: `${position}~0a`,
  endToken: `${position}~0a`,
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** What every Sink keeps to; the fake and the real one pass the same tests. */
describe.each([
  ['in memory', memoryRig],
  ['Snowpipe Streaming, on local-snowpipe', snowpipeRig],
])('the sink %s', (_, start) => {
  let rig: Rig;
  let sink: Sink;

  beforeAll(async () => {
    rig = await start();
    sink = rig.connect();
  });

  afterAll(() => rig.stop());

  it('opens a new channel with nothing committed, and tells of the commit that follows', async () => {
    const listener = new Listener();
    const channel = await sink.open('new__s__1__0', listener);
    expect(channel.opened).toEqual({ committedToken: undefined, rowsRejected: 0 });
    await channel.append(batch(1));
    await channel.append(batch(2, 100_000));
    rig.commit();
    await until(() => listener.committedToken === '2~0a');
    expect(listener.heard.every((heard) => !(heard instanceof Error))).toBe(true);
  });

  it('knows the committed token when the channel is opened again, and asked for', async () => {
    const listener = new Listener();
    const channel = await sink.open('again__s__1__0', listener);
    await channel.append(batch(7));
    rig.commit();
    await until(() => listener.committedToken === '7~0a');
    channel.close();
    const { opened } = await sink.open('again__s__1__0', new Listener());
    expect(opened.committedToken).toBe('7~0a');
    const statuses = await sink.statuses(['again__s__1__0', 'unknown__s__1__0']);
    expect([...statuses]).toEqual([['again__s__1__0', { ...opened, ...statuses.get('again__s__1__0') }]]);
  });

  it('sets the committed token where it is told to', async () => {
    const { opened } = await sink.open('set__s__1__0', new Listener(), '41~0a');
    expect(opened.committedToken).toBe('41~0a');
  });

  it('fences the earlier writer, and lets the later one write', async () => {
    const earlier = await sink.open('fenced__s__1__0', new Listener());
    const listener = new Listener();
    const later = await rig.connect().open('fenced__s__1__0', listener);
    await expect(earlier.append(batch(1))).rejects.toBeInstanceOf(ChannelInvalidated);
    await later.append(batch(1));
    rig.commit();
    await until(() => listener.committedToken === '1~0a');
  });

  it('keeps what was committed over a crash, and makes the channel be opened again', async () => {
    const listener = new Listener();
    const channel = await sink.open('crash__s__1__0', listener);
    await channel.append(batch(1));
    rig.commit();
    await until(() => listener.committedToken === '1~0a');

    await rig.restart();
    await expect(channel.append(batch(2))).rejects.toBeInstanceOf(ChannelInvalidated);
    channel.close();
    const next = new Listener();
    const reopened = await sink.open('crash__s__1__0', next);
    expect(reopened.opened.committedToken).toBe('1~0a');
    await reopened.append(batch(2));
    rig.commit();
    await until(() => next.committedToken === '2~0a');
  });
});

async function memoryRig(): Promise<Rig> {
  const sink = new MemorySink();
  return Promise.resolve({
    connect: () => sink,
    commit: () => {
      sink.commit();
    },
    restart: async () => {
      sink.crash();
      return Promise.resolve();
    },
    stop: () => sink.stop(),
  });
}

/** The endpoint verifies the client's JWTs with the public key. */
async function snowpipeRig(): Promise<Rig> {
  const dir = mkdtempSync(join(tmpdir(), 'das-snowpipe-'));
  const { privateKeyPath } = makeKeys(dir);
  const privateKeyPem = readFileSync(privateKeyPath, 'utf8');
  const publicKeyPath = join(dir, 'public.pem');
  writeFileSync(publicKeyPath, createPublicKey(privateKeyPem).export({ type: 'spki', format: 'pem' }));
  const ddl = join(dir, 'table.sql');
  writeFileSync(ddl, 'CREATE TABLE "DB"."S"."T" ("ID" NUMBER NOT NULL, "PAD" VARCHAR);');
  const args = ['--ddl', ddl, '--commit-ms', '20', '--public-key', `COLLECTOR=${publicKeyPath}`];
  const port = await freePort();
  const start = () =>
    startLocalSnowpipe({ lake: join(dir, 'lake'), logFile: join(dir, 'endpoint.log'), port, args });
  let endpoint: { readonly process: ManagedProcess; readonly url: string } = await start();
  const sinks: Sink[] = [];
  return {
    connect: () => {
      const sink = createSnowpipeSink({
        accountUrl: endpoint.url,
        account: 'local',
        user: 'collector',
        privateKeyPem,
        database: 'DB',
        schema: 'S',
        pipe: 'T-STREAMING',
        limits: { pollMs: 20 },
      });
      sinks.push(sink);
      return sink;
    },
    commit: () => undefined,
    restart: async () => {
      await endpoint.process.kill9();
      endpoint = await start();
    },
    stop: async () => {
      await Promise.all(sinks.map((sink) => sink.stop()));
      await endpoint.process.stop();
      rmSync(dir, { recursive: true });
    },
  };
}
