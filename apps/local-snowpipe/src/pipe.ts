import { randomUUID } from 'node:crypto';
import { Channel } from './channel';
import { fitsFileName } from './file-name';
import type { Landing } from './landing';
import { nameTooLong } from './protocol-error';
import { defaultPipe, type Table } from './table';

/** A table's pipe and its channels. */
export class Pipe {
  private readonly channels = new Map<string, Channel>();
  /** Of channels that are gone, so that their file names are never given again. */
  private readonly lastIncarnation = new Map<string, number>();
  private readonly run = randomUUID();

  /** @param landing - where rows go; undefined: nowhere */
  constructor(
    readonly table: Table,
    readonly landing: Landing | undefined,
  ) {
    for (const [name, { incarnation, sequence, token }] of landing?.recover() ?? []) {
      this.lastIncarnation.set(name, incarnation);
      // A channel that was dropped has no token; one whose client gives no tokens has an empty one.
      if (token === undefined) continue;
      this.channels.set(name, new Channel(name, incarnation, sequence, token, this.run));
    }
  }

  get name(): string {
    return defaultPipe(this.table);
  }

  find(name: string): Channel | undefined {
    return this.channels.get(name);
  }

  /** @param name - undefined: all of them */
  channelsNamed(name: string | undefined): readonly Channel[] {
    return [...this.channels.values()].filter((channel) => name === undefined || channel.name === name);
  }

  /** @returns the channel and its first continuation token. @throws ProtocolError */
  async open(name: string, offsetToken: string | undefined, careful: boolean): Promise<[Channel, string]> {
    if (!fitsFileName(name, offsetToken ?? '')) throw nameTooLong();
    const channel = this.channels.get(name) ?? this.create(name);
    const continuation = channel.takeOver(careful);
    const isThere = await channel.inTurn(async () => {
      if (this.channels.get(name) !== channel) return false;
      if (offsetToken !== undefined) {
        await this.landing?.begin(channel, offsetToken);
        channel.committedToken = offsetToken;
      }
      return true;
    });
    // It was dropped while this waited.
    return isThere ? [channel, continuation] : this.open(name, offsetToken, careful);
  }

  /** The channel and its token are gone, for good. */
  async drop(name: string, careful: boolean): Promise<void> {
    const channel = this.channels.get(name);
    if (channel === undefined) return;
    channel.takeOver(careful);
    await channel.inTurn(async () => {
      if (this.channels.get(name) !== channel) return;
      const incarnation = channel.incarnation + 1;
      await this.landing?.end(name, incarnation);
      this.lastIncarnation.set(name, incarnation);
      this.channels.delete(name);
    });
  }

  /** Commits every channel that received something. @throws Error of the first that could not be committed */
  async commitAll(): Promise<void> {
    const results = await Promise.allSettled(
      [...this.channels.values()].map((channel) =>
        channel.commit(async (received) => {
          if (this.landing !== undefined) await this.landing.commit(channel, received);
          else channel.committedToken = received.at(-1)?.endToken ?? channel.committedToken;
        }),
      ),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  private create(name: string): Channel {
    const incarnation = this.lastIncarnation.get(name) ?? 1;
    const channel = new Channel(name, incarnation, 0, undefined, this.run);
    this.channels.set(name, channel);
    return channel;
  }
}
