import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Sink, SinkChannel } from '@das/pipeline';

/** How an instance comes to grief at one of its steps. */
export type Death =
  /** The request is carried out, and it dies before the answer: before it sends the next one. */
  | 'after'
  /** It stands still, and goes on when others have done everything: a machine that was suspended. */
  | 'sleeps';

/**
 * The steps of one instance of a collector: its requests to AWS and to the sink. From the step at which it dies nothing
 * that it does has any effect, as with `kill -9`.
 */
export class MortalSteps {
  /** What it asked for, in order. */
  readonly steps: string[] = [];
  private isDown = false;
  private wake: () => void = () => undefined;
  private readonly woken = new Promise<void>((resolve) => (this.wake = resolve));

  constructor(
    private readonly death: Death,
    /** 1 is the first step; a later one than there are: it lives on. */
    private readonly at: number,
  ) {}

  /** It came to its step. */
  get happened(): boolean {
    return this.isDown;
  }

  /** Sleepers go on. */
  awake(): void {
    this.isDown = false;
    this.wake();
  }

  async step<T>(name: string, act: () => Promise<T>): Promise<T> {
    await this.whileDown();
    this.steps.push(name);
    const isLast = this.steps.length === this.at;
    if (isLast && this.death !== 'after') this.isDown = true;
    await this.whileDown();
    const answer = await act();
    if (isLast && this.death === 'after') this.isDown = true;
    await this.whileDown();
    return answer;
  }

  private async whileDown(): Promise<void> {
    if (!this.isDown) return;
    if (this.death === 'sleeps') await this.woken;
    else await new Promise(() => undefined);
  }
}

/** Sends the requests of an instance, as long as it lives. */
export class MortalHandler extends NodeHttpHandler {
  constructor(private readonly life: MortalSteps) {
    super();
  }

  override async handle(
    ...given: Parameters<NodeHttpHandler['handle']>
  ): ReturnType<NodeHttpHandler['handle']> {
    const [{ method, headers, path, query }] = given;
    const target = headers['x-amz-target'];
    const what = Object.hasOwn(query, 'list-type') ? 'List' : method;
    return this.life.step(target ?? `${what} ${path.split('/').at(-1) ?? ''}`, () => super.handle(...given));
  }
}

/** The sink as an instance sees it, as long as it lives. */
export function mortalSink(sink: Sink, life: MortalSteps): Sink {
  return {
    limits: sink.limits,
    open: async (...given) => {
      const channel = await life.step('open', () => sink.open(...given));
      const mortal: SinkChannel = {
        opened: channel.opened,
        append: (batch) => life.step('append', () => channel.append(batch)),
        close: () => {
          if (!life.happened) channel.close();
        },
      };
      return mortal;
    },
    statuses: (names) => life.step('statuses', () => sink.statuses(names)),
    drop: (name) => life.step('drop', () => sink.drop(name)),
    stop: async () => Promise.resolve(),
  };
}
