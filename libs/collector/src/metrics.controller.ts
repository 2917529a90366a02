import { Controller, Get, Header, Inject } from '@nestjs/common';
import { CollectorMetrics } from './metrics';

@Controller('metrics')
export class MetricsController {
  constructor(@Inject(CollectorMetrics) private readonly metrics: CollectorMetrics) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  scrape(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
