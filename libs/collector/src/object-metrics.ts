import type { ObjectOutcome, S3SourceObserver } from '@das/source-s3';
import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';

const OUTCOMES: readonly ObjectOutcome[] = ['closed', 'gone', 'unreadable', 'ignored'];

/** What became of the objects of a bucket, as metrics. */
export class ObjectMetrics {
  private readonly objects: Counter;
  private readonly unread: Counter;

  constructor(registry: Registry) {
    this.objects = new Counter({
      name: 'das_objects_total',
      help: 'Objects of the bucket that are not read any more, by what became of them',
      labelNames: ['outcome'],
      registers: [registry],
    });
    this.unread = new Counter({
      name: 'das_notifications_unread_total',
      help: 'Notifications of the queue that nobody understands',
      registers: [registry],
    });
    // A counter that begins above 0 has no increase that Prometheus sees.
    for (const outcome of OUTCOMES) this.objects.inc({ outcome }, 0);
  }

  /** Counts, and tells the log what somebody should look at; the ledger has the keys. */
  observer(logger: Logger): S3SourceObserver {
    return {
      objectOver: (outcome, partition, code) => {
        this.objects.inc({ outcome });
        if (outcome === 'closed') return;
        const level = outcome === 'unreadable' ? 'error' : 'warn';
        logger[level]({ partition, code }, `object ${outcome}: see docs/runbooks/object-unreadable.md`);
      },
      notificationUnread: () => {
        this.unread.inc();
        logger.warn('a notification of the queue cannot be understood');
      },
    };
  }
}
