import type { IngestHealth } from '@das/pipeline';
import { Failure } from '@das/pipeline';
import { Registry } from 'prom-client';
import { ReadyMetrics } from './ready-metrics';

async function shown(health?: IngestHealth): Promise<readonly string[]> {
  const registry = new Registry();
  const metrics = new ReadyMetrics(registry);
  if (health !== undefined) metrics.show(() => health);
  return (await registry.metrics()).split('\n').filter((line) => line.startsWith('das_'));
}

const partition = (name: string, running: boolean) => ({ partition: name, running, failure: undefined });

describe('ReadyMetrics', () => {
  it('says not ready until there is an ingest', async () => {
    expect(await shown()).toEqual(['das_ready 0']);
  });

  it('says ready where every partition runs, or there is none', async () => {
    expect(await shown({ joined: true, failure: undefined, partitions: [] })).toEqual(['das_ready 1']);
    const partitions = [partition('0', true), partition('1', true)];
    expect(await shown({ joined: true, failure: undefined, partitions })).toEqual([
      'das_ready 1',
      'das_partition_ready{partition="0"} 1',
      'das_partition_ready{partition="1"} 1',
    ]);
  });

  it('says which partition waits', async () => {
    const partitions = [partition('0', true), partition('1', false)];
    expect(await shown({ joined: true, failure: undefined, partitions })).toEqual([
      'das_ready 0',
      'das_partition_ready{partition="0"} 1',
      'das_partition_ready{partition="1"} 0',
    ]);
  });

  it('says not ready while the source fails, or is not joined', async () => {
    const failure = new Failure('setup', 'unreadable_file', 'it cannot be read');
    expect(await shown({ joined: true, failure, partitions: [] })).toEqual(['das_ready 0']);
    expect(await shown({ joined: false, failure: undefined, partitions: [] })).toEqual(['das_ready 0']);
  });

  it('forgets a partition that went elsewhere', async () => {
    const registry = new Registry();
    const metrics = new ReadyMetrics(registry);
    let partitions = [partition('0', true)];
    metrics.show(() => ({ joined: true, failure: undefined, partitions }));
    expect(await registry.metrics()).toContain('das_partition_ready{partition="0"} 1');
    partitions = [];
    expect(await registry.metrics()).not.toContain('das_partition_ready{');
  });
});
