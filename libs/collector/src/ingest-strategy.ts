import { Failure } from '@das/pipeline';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Server } from '@nestjs/microservices';
import type { Logger } from 'pino';
import type { IngestHost } from './late-ingest';
import type { CollectorMetrics } from './metrics';

const LAG_INTERVAL_MS = 5_000;

/** Hosts the ingest as a Nest microservice: it starts, lives and drains with the application. */
export class IngestStrategy extends Server implements CustomTransportStrategy {
  private lagTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ingest: IngestHost,
    private readonly metrics: CollectorMetrics,
    private readonly log: Logger,
    private readonly drainMs: number,
  ) {
    super();
  }

  /** Calls back at once: a source that cannot be reached makes the collector not ready, not dead. */
  override listen(callback: () => void): void {
    void this.ingest.start();
    this.lagTimer = setInterval(() => void this.measureLag(), LAG_INTERVAL_MS);
    this.lagTimer.unref();
    callback();
  }

  override async close(): Promise<void> {
    clearInterval(this.lagTimer);
    const inTime = await this.ingest.stop(this.drainMs);
    if (inTime) this.log.info('drained: everything that was read is committed');
    else this.log.warn('drain bound reached: what is not committed is read again by the next owner');
  }

  override on(): never {
    throw new Error('a collector emits no transport events');
  }

  override unwrap(): never {
    throw new Error('a collector hides its source');
  }

  private async measureLag(): Promise<void> {
    try {
      for (const { partition, records } of await this.ingest.lag()) this.metrics.lag(partition, records);
    } catch (thrown) {
      const code = thrown instanceof Failure ? thrown.code : 'unclassified';
      this.log.warn({ code }, 'lag could not be measured');
    }
  }
}
