import { crc32 } from 'node:zlib';
import type { Random } from '../events/random';
import type { BronzeRow } from '../oracle/refined/bronze-row';

const PARTITIONS = 6;
/** Of the partitions, the one that a shard stands for. */
const SHARD = 2;
/** A shard's first sequence number, and how many records an aggregate of it has. */
const SEQUENCE = 49_590_338_271_490_256_608_559_692_538_361_571_095_921_575_989_136_588_898n;
const AGGREGATE = 12;

/** Where a record stands in its source. */
export type Place = Pick<BronzeRow, 'SOURCE' | 'SOURCE_EPOCH' | 'SOURCE_PARTITION' | 'SOURCE_OFFSET'>;

/** Gives records their coordinates, each once. */
export class Places {
  private readonly offsets = new Map<string, number>();

  constructor(
    private readonly random: Random,
    private readonly topic: string,
  ) {}

  /**
   * Most come from Kafka, some from a shard of Kinesis; and some from a journal that was filled again in a later epoch,
   * with the same keys.
   */
  next(key: string): Place {
    const partition = crc32(key) % PARTITIONS;
    const fromJournal = partition === PARTITIONS - 1 || this.random.chance(0.02);
    // As numbers 9 comes before 10, as texts after it.
    const place = {
      SOURCE: `${fromJournal ? 'journal' : partition === SHARD ? 'kinesis' : 'kafka'}:${this.topic}`,
      SOURCE_EPOCH: fromJournal && this.random.chance(0.5) ? 10 : 9,
      SOURCE_PARTITION: String(partition + 8),
    };
    const counter = `${place.SOURCE}/${place.SOURCE_EPOCH}/${place.SOURCE_PARTITION}`;
    const offset = this.offsets.get(counter) ?? 0;
    this.offsets.set(counter, offset + 1);
    return {
      ...place,
      SOURCE_OFFSET: place.SOURCE.startsWith('kinesis') ? inShard(offset) : inPartition(offset),
    };
  }
}

/** The first are short, the others beyond what a double counts in ones. */
function inPartition(offset: number): string {
  return String(offset < 50 ? offset : 9_007_199_254_740_992n + BigInt(offset));
}

function inShard(offset: number): string {
  return `${SEQUENCE + BigInt(Math.floor(offset / AGGREGATE))}:${offset % AGGREGATE}`;
}

/** Of the row that replays a dead letter. */
export function replayPlace({ SOURCE, SOURCE_EPOCH, SOURCE_PARTITION, SOURCE_OFFSET }: Place): Place {
  return { SOURCE: `replay:${SOURCE}`, SOURCE_EPOCH, SOURCE_PARTITION, SOURCE_OFFSET };
}
