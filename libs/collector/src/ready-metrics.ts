import type { IngestHealth } from '@das/pipeline';
import { Gauge, type Registry } from 'prom-client';

const NOT_YET: IngestHealth = { joined: false, failure: undefined, partitions: [] };

/** What `/health/ready` says, as metrics: an alarm needs how long it has been so. */
export class ReadyMetrics {
  private health: (() => IngestHealth) | undefined;

  constructor(registry: Registry) {
    const shown = (): IngestHealth => this.health?.() ?? NOT_YET;
    new Gauge({
      name: 'das_ready',
      help: '1: the process can do its job, as /health/ready says',
      registers: [registry],
      collect() {
        this.set(isReady(shown()) ? 1 : 0);
      },
    });
    new Gauge({
      name: 'das_partition_ready',
      help: '1: what is read of the partition lands; of partitions that this process has',
      labelNames: ['partition'],
      registers: [registry],
      collect() {
        this.reset();
        for (const { partition, running } of shown().partitions) this.set({ partition }, running ? 1 : 0);
      },
    });
  }

  /** From now on of this one. */
  show(health: () => IngestHealth): void {
    this.health = health;
  }
}

/** A standby, which has no partition, is ready too. */
function isReady({ joined, failure, partitions }: IngestHealth): boolean {
  return joined && failure === undefined && partitions.every(({ running }) => running);
}
