import type { IncomingMessage } from 'node:http';
import type { Authority } from './authority';
import { readJson } from './body';
import { readFault, type Fault, type Faults } from './faults';
import type { Pipe } from './pipe';
import { ProtocolError } from './protocol-error';

/** `/faults`: GET tells what is pending, POST adds a fault, DELETE clears them all. */
export class FaultAdmin {
  constructor(
    private readonly faults: Faults,
    private readonly pipes: readonly Pipe[],
    private readonly authority: Authority,
  ) {}

  isFor({ url }: IncomingMessage): boolean {
    return url === '/faults';
  }

  /** @throws ProtocolError */
  async answer(request: IncomingMessage): Promise<unknown> {
    switch (request.method) {
      case 'GET':
        break;
      case 'DELETE':
        this.faults.clear();
        break;
      case 'POST':
        await this.commit(readFault(await readJson(request)));
        break;
      default:
        throw new ProtocolError(405, 'METHOD_NOT_ALLOWED', 'GET, POST or DELETE');
    }
    return { pending: this.faults.pending };
  }

  private async commit(fault: Fault): Promise<void> {
    switch (fault.kind) {
      case 'stale-sequencer':
        for (const channel of this.channels(fault.channel)) channel.disorder();
        break;
      case 'invalidate-channel':
        for (const channel of this.channels(fault.channel)) {
          channel.invalidate(fault.code);
          // A commit under way still counts: once this is answered, every further one is of a new opening.
          await channel.inTurn(async () => Promise.resolve());
        }
        break;
      case 'lose-channel':
        for (const pipe of this.pipes)
          for (const { name } of pipe.channelsNamed(fault.channel)) await pipe.drop(name, false);
        break;
      case 'expire-tokens':
        this.authority.expireAll();
        break;
      default:
        this.faults.add(fault);
    }
  }

  private channels(name: string | undefined) {
    return this.pipes.flatMap((pipe) => pipe.channelsNamed(name));
  }
}
