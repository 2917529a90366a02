import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeKeys, startCollector, startLocalSnowpipe, type RunKeys } from '../processes/das-processes';
import { freePort } from '../processes/free-port';
import type { ManagedProcess } from '../processes/managed-process';
import { FaultyEndpoint } from './faulty-endpoint';
import { startRig } from './rigs/start-rig';
import type { SourceKind, SourceRig } from './source-rig';

const READY_MS = 60_000;

/** A collector, and what the fleet did to it. */
export interface Member {
  readonly process: ManagedProcess;
  readonly url: string;
}

/** A source, an endpoint and collectors, and all that can be done to them. */
export class ChaosFleet {
  readonly lake: string;
  /** Each began to run and was not told to end. */
  members: readonly Member[] = [];
  /** What collectors did that nobody told them to: ended, with an exit code. */
  readonly unexpectedExits: string[] = [];
  private readonly lasting = new Set<Promise<unknown>>();
  private started = 0;

  private constructor(
    private readonly dir: string,
    readonly rig: SourceRig,
    readonly keys: RunKeys,
    private readonly port: number,
    private readonly patienceSeconds: number,
    private endpoint: ManagedProcess,
  ) {
    this.lake = join(dir, 'lake');
  }

  static async start(
    dir: string,
    source: SourceKind,
    { instances, patienceSeconds }: FleetOptions,
  ): Promise<ChaosFleet> {
    mkdirSync(dir, { recursive: true });
    const rig = await startRig(source, dir);
    const port = await freePort();
    const endpoint = await startEndpoint(dir, port);
    const fleet = new ChaosFleet(dir, rig, makeKeys(join(dir, 'keys')), port, patienceSeconds, endpoint);
    await fleet.scale(instances);
    return fleet;
  }

  get faulty(): FaultyEndpoint {
    return new FaultyEndpoint(`http://127.0.0.1:${this.port}`, this.rig.contract.table);
  }

  /** What was done, in the order in which it was, in `chaos.log`. */
  note(line: string): void {
    appendFileSync(join(this.dir, 'chaos.log'), `${new Date().toISOString()} ${line}\n`);
  }

  /** Goes on beside what comes next; `heal` waits for it. */
  meanwhile(work: Promise<unknown>): void {
    const tracked = work.finally(() => this.lasting.delete(tracked));
    this.lasting.add(tracked);
  }

  async scale(instances: number): Promise<void> {
    while (this.members.length > instances) {
      const [member, ...others] = this.members;
      this.members = others;
      if (member !== undefined) await this.end(member, (process) => process.stop());
    }
    while (this.members.length < instances) this.members = [...this.members, await this.launch()];
  }

  /** Ends a collector in some way and starts another one. */
  async replace(member: Member, how: (process: ManagedProcess) => Promise<unknown>): Promise<void> {
    this.members = this.members.filter((other) => other !== member);
    await this.end(member, how);
    this.members = [...this.members, await this.launch()];
  }

  async restartEndpoint(how: (process: ManagedProcess) => Promise<unknown>, downMs: number): Promise<void> {
    await how(this.endpoint);
    await sleep(downMs);
    this.endpoint = await startEndpoint(this.dir, this.port);
  }

  freezeEndpoint(ms: number): Promise<void> {
    return frozen(this.endpoint, ms);
  }

  freeze({ process }: Member, ms: number): Promise<void> {
    return frozen(process, ms);
  }

  /** Everything is there and well, and nothing is done to it any more. */
  async heal(): Promise<void> {
    await Promise.all(this.lasting);
    await this.faulty.clear();
    await this.rig.heal();
    for (const member of this.members) {
      if (member.process.exit !== undefined) await this.replace(member, async () => Promise.resolve());
    }
  }

  /** Resolves when all collectors share the source: by its word, or else by theirs. @throws Error in vain */
  async stable(): Promise<void> {
    await (this.rig.stable?.(this.members.length) ?? this.ready());
  }

  /** The channel of a partition, as the first epoch names it. */
  channelOf(partition: string): string {
    return `${this.rig.app}__${this.rig.contract.stream}__1__${partition}`;
  }

  /** @throws Error when a collector is not ready in time */
  async ready(): Promise<void> {
    await Promise.all(
      this.members.map(({ process, url }) => process.answers(`${url}/health/ready`, READY_MS)),
    );
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.lasting);
    await this.scale(0);
    await this.endpoint.stop();
    await this.rig.stop();
  }

  private async launch(): Promise<Member> {
    const number = ++this.started;
    const member = await startCollector({
      app: this.rig.app,
      source: this.rig.collectorSource,
      endpoint: `http://127.0.0.1:${this.port}`,
      keys: this.keys,
      logFile: join(this.dir, 'collectors', `${number}.log`),
      env: {
        ...this.rig.env,
        DAS_COMMIT_PATIENCE_SECONDS: String(this.patienceSeconds),
        DAS_DRAIN_SECONDS: '3',
      },
    });
    void member.process.whenEnded().then((exit) => {
      // What was told to end is no member any more.
      if (!this.members.includes(member)) return;
      this.unexpectedExits.push(`collector ${number} ended (${exit})`);
      this.note(`collector ${number} ended by itself (${exit})`);
    });
    return member;
  }

  private async end({ process }: Member, how: (process: ManagedProcess) => Promise<unknown>): Promise<void> {
    // A frozen process hears no signal but SIGKILL.
    process.thaw();
    await how(process);
  }
}

export interface FleetOptions {
  readonly instances: number;
  /** How long the collectors wait for a commit before they open the channel again. */
  readonly patienceSeconds: number;
}

async function startEndpoint(dir: string, port: number): Promise<ManagedProcess> {
  const logFile = join(dir, 'endpoint.log');
  const args = ['--faults'];
  return (await startLocalSnowpipe({ lake: join(dir, 'lake'), port, logFile, args })).process;
}

async function frozen(process: ManagedProcess, ms: number): Promise<void> {
  process.freeze();
  await sleep(ms);
  process.thaw();
}
