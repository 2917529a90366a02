import type { RefreshedKeys } from '@das/keys';
import type { Failure } from '@das/pipeline';
import { Counter, Gauge, type Registry } from 'prom-client';

/** How the keys are: whether they can be read again, since when, and which are used. Ids are no secrets. */
export class KeyMetrics {
  private readonly failures: Counter;
  private keys: Pick<RefreshedKeys, 'ageSeconds' | 'inUse'> | undefined;

  constructor(registry: Registry) {
    this.failures = new Counter({
      name: 'das_key_refresh_failures_total',
      help: 'Looks at the key ring that failed, by code: the keys stay as they are',
      labelNames: ['code'],
      registers: [registry],
    });
    const shown = (): typeof this.keys => this.keys;
    new Gauge({
      name: 'das_key_age_seconds',
      help: 'Since the key ring was last read as a whole; 0 until it was for the first time',
      registers: [registry],
      collect() {
        this.set(shown()?.ageSeconds() ?? 0);
      },
    });
    new Gauge({
      name: 'das_key_in_use',
      help: '1: the key that is used for the purpose',
      labelNames: ['purpose', 'key'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [purpose, { id }] of shown()?.inUse() ?? []) this.set({ purpose, key: id }, 1);
      },
    });
  }

  looked(failure: Failure | undefined): void {
    if (failure !== undefined) this.failures.inc({ code: failure.code });
  }

  /** From now on of these: an ingest may be made several times until it can be. */
  show(keys: Pick<RefreshedKeys, 'ageSeconds' | 'inUse'>): void {
    this.keys = keys;
  }
}
