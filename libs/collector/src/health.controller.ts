import { Controller, Get, Inject } from '@nestjs/common';
import {
  HealthCheck,
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
} from '@nestjs/terminus';
import type { IngestHost } from './late-ingest';
import { INGEST } from './tokens';

/** `/health/live`: the process works. `/health/ready`: it can do its job; alarm on it, do not kill for it. */
@Controller('health')
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HealthIndicatorService) private readonly indicator: HealthIndicatorService,
    @Inject(INGEST) private readonly ingest: IngestHost,
  ) {}

  @Get('live')
  @HealthCheck()
  live(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }

  @Get('ready')
  @HealthCheck()
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.source(), () => this.partitions()]);
  }

  private source() {
    const { joined, failure } = this.ingest.health();
    const check = this.indicator.check('source');
    if (failure !== undefined) return check.down({ reason: failure.line });
    return joined ? check.up() : check.down({ reason: 'not joined yet' });
  }

  private partitions() {
    const { partitions } = this.ingest.health();
    const check = this.indicator.check('partitions');
    const waiting = partitions.filter(({ running }) => !running);
    if (waiting.length === 0) return check.up({ running: partitions.length });
    const reasons = Object.fromEntries(
      waiting.map(({ partition, failure }) => [partition, failure?.line ?? 'opening']),
    );
    return check.down({ running: partitions.length - waiting.length, waiting: reasons });
  }
}
