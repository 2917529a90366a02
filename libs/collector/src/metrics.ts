import type { ScanObserver } from '@das/phi';
import type { CommittedAppend, DeadReason, DropReason, Failure, Gap, PipelineObserver } from '@das/pipeline';
import type { SnowpipeObserver } from '@das/snowpipe';
import { KeyMetrics } from './key-metrics';
import { ObjectMetrics } from './object-metrics';
import { ReadyMetrics } from './ready-metrics';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const LATENCY_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300];
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A collector's Prometheus metrics. Labels are closed sets and partition ids: never anything from a record. */
export class CollectorMetrics {
  readonly registry = new Registry();
  readonly keys = new KeyMetrics(this.registry);
  readonly ready = new ReadyMetrics(this.registry);
  readonly objects = new ObjectMetrics(this.registry);
  private readonly settledCounts = new Map<string, number>();
  private readonly lastSourceMs = new Map<string, number>();
  private readonly rowsCommitted = this.counter('rows_committed_total', 'Rows known to be committed', [
    'partition',
  ]);
  private readonly rowsRejected = this.counter('rows_rejected_total', 'Rows that the table refused', [
    'partition',
  ]);
  private readonly commitSeconds = new Histogram({
    name: 'das_commit_latency_seconds',
    help: 'From reading an append’s first record to knowing its commit',
    buckets: LATENCY_BUCKETS,
    registers: [this.registry],
  });
  private readonly requestSeconds = new Histogram({
    name: 'das_snowpipe_request_seconds',
    help: 'Snowpipe Streaming requests by operation and status',
    labelNames: ['operation', 'status'],
    buckets: REQUEST_BUCKETS,
    registers: [this.registry],
  });
  private readonly bytesSent = this.counter('snowpipe_bytes_sent_total', 'Bytes on the wire', ['operation']);
  private readonly bytesHeld = this.gauge('in_flight_bytes', 'Bytes read and not yet appended', []);
  private readonly rebalances = this.counter(
    'rebalances_total',
    'Times that a partition was assigned to this instance',
    [],
  );
  private readonly opened = new Set<string>();
  private readonly reopenings = this.counter(
    'channel_reopenings_total',
    'Channels opened again while the partition was held',
    ['partition'],
  );
  private readonly failures = this.counter('failures_total', 'Failures by kind and code', ['kind', 'code']);
  private readonly gapRecords = this.counter(
    'gap_records_total',
    'Records lost to retention, accepted by contract',
    ['partition'],
  );
  private readonly fuseBlown = this.gauge('fuse_blown', '1: too much was refused, and reading stopped', [
    'partition',
  ]);
  private readonly fusesBlown = this.counter('fuse_blown_total', 'Times that a fuse blew', ['partition']);
  private readonly phiHits = this.counter('phi_hits_total', 'PHI found where the contract declares none', [
    'kind',
    'mode',
  ]);
  private readonly lagRecords = this.gauge('lag_records', 'Records after the last commit', ['partition']);
  private readonly lagSeconds = this.gauge(
    'lag_seconds',
    'Age of the last committed record while any are left',
    ['partition'],
  );

  /**
   * @param allPartitions - stands for each of them in counters: there is one series for each partition for ever, and
   * without end there are objects of a bucket
   */
  constructor(
    labels: Readonly<Record<string, string>>,
    private readonly allPartitions?: string,
  ) {
    this.registry.setDefaultLabels(labels);
    // Its default wakes an idle process a hundred times a second.
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 100 });
    const { settledCounts } = this;
    new Counter({
      name: 'das_records_total',
      help: 'Records by outcome',
      labelNames: ['outcome', 'reason'],
      registers: [this.registry],
      // Counted in a plain map: a labelled increment per record would cost more than parsing it.
      collect() {
        this.reset();
        for (const [key, count] of settledCounts) {
          const [outcome = '', reason = ''] = key.split('|');
          this.inc({ outcome, reason }, count);
        }
      },
    });
  }

  /** What the pipeline reports. */
  readonly pipeline: PipelineObserver = {
    settled: (_partition: string, outcome: string, reason: DeadReason | DropReason | undefined) => {
      const key = reason === undefined ? outcome : `${outcome}|${reason}`;
      this.settledCounts.set(key, (this.settledCounts.get(key) ?? 0) + 1);
    },
    committed: (partition: string, append: CommittedAppend) => {
      this.rowsCommitted.inc(this.seriesOf(partition), append.rows);
      this.commitSeconds.observe(append.seconds);
      this.lastSourceMs.set(partition, append.sourceMs);
    },
    rejected: (partition: string, rows: number) => {
      this.rowsRejected.inc(this.seriesOf(partition), rows);
    },
    assigned: (partition: string) => {
      this.rebalances.inc();
      this.fuseBlown.set({ partition }, 0);
      // A counter that begins above 0 has no increase that Prometheus sees.
      this.rowsRejected.inc(this.seriesOf(partition), 0);
      this.lastSourceMs.set(partition, Date.now());
    },
    running: (partition: string) => {
      if (this.opened.has(partition)) this.reopenings.inc(this.seriesOf(partition));
      this.opened.add(partition);
    },
    released: (partition: string) => {
      this.opened.delete(partition);
      this.lastSourceMs.delete(partition);
      this.fuseBlown.remove({ partition });
      this.lagRecords.remove({ partition });
      this.lagSeconds.remove({ partition });
    },
    failed: (_partition: string, failure: Failure) => {
      this.failures.inc({ kind: failure.kind, code: failure.code });
    },
    fuseBlown: (partition: string, _failure: Failure, again: boolean) => {
      this.fuseBlown.set({ partition }, 1);
      if (!again) this.fusesBlown.inc(this.seriesOf(partition));
    },
    fuseReset: (partition: string) => {
      this.fuseBlown.set({ partition }, 0);
    },
    gap: (partition: string, { records = 0 }: Gap) => {
      this.gapRecords.inc(this.seriesOf(partition), records);
    },
    checkpointFailed: (_partition: string, failure: Failure) => {
      this.failures.inc({ kind: failure.kind, code: `checkpoint_${failure.code}` });
    },
    bytesHeld: (bytes: number) => {
      this.bytesHeld.set(bytes);
    },
  };

  /** What the scan reports: which kind, never where. */
  readonly scan: ScanObserver = {
    phiFound: (kind, mode) => {
      this.phiHits.inc({ kind, mode });
    },
  };

  /** What the Snowpipe client reports, per request. */
  readonly snowpipe: SnowpipeObserver = {
    requestFinished: ({ operation, status, seconds, bytesSent }) => {
      this.requestSeconds.observe({ operation, status: String(status) }, seconds);
      this.bytesSent.inc({ operation }, bytesSent);
    },
  };

  /** @param records - undefined where the source cannot count */
  lag(partition: string, records: number | undefined): void {
    const since = this.lastSourceMs.get(partition);
    if (records !== undefined) this.lagRecords.set({ partition }, records);
    if (since !== undefined)
      this.lagSeconds.set({ partition }, records === 0 ? 0 : (Date.now() - since) / 1000);
  }

  private seriesOf(partition: string): { readonly partition: string } {
    return { partition: this.allPartitions ?? partition };
  }

  private counter(name: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name: `das_${name}`, help, labelNames, registers: [this.registry] });
  }

  private gauge(name: string, help: string, labelNames: string[]): Gauge {
    return new Gauge({ name: `das_${name}`, help, labelNames, registers: [this.registry] });
  }
}
