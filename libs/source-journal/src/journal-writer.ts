import { Failure } from '@das/pipeline';
import { mkdir } from 'node:fs/promises';
import { JournalPaths } from './journal-paths';
import { MAX_LINE_BYTES, NEWLINE } from './limits';
import { PartitionAppender } from './partition-appender';

export interface JournalWriterOptions {
  /** Holds one directory per topic; created when missing. */
  readonly dir: string;
  readonly topic: string;
  /** How many partitions: `0` to `partitions - 1`. */
  readonly partitions: number;
}

/** Appends to a topic's partitions; the only writer of them. */
export interface JournalWriter {
  /**
   * Buffers one record; `null` is a tombstone.
   * @throws Failure data for a value that one line cannot hold
   */
  append(partition: number, value: Buffer | null): void;
  /** Resolves once everything appended before is on disk; after a rejection it is still buffered. */
  flush(): Promise<void>;
  /** Flushes and closes; idempotent. */
  close(): Promise<void>;
}

/** The files are made by the first flush. */
export function createJournalWriter({ dir, topic, partitions }: JournalWriterOptions): JournalWriter {
  const paths = new JournalPaths(dir, topic);
  const appenders = Array.from(
    { length: partitions },
    (_, id) => new PartitionAppender(paths.log(String(id))),
  );
  let last: Promise<void> = Promise.resolve();
  let closed = false;

  /** One after the other, whether or not the one before succeeded. */
  const inTurn = async (act: () => Promise<void>): Promise<void> => {
    const turn = last.then(act);
    last = turn.catch(() => undefined);
    return turn;
  };
  const writeAll = async (): Promise<void> => {
    await mkdir(paths.topicDir, { recursive: true });
    await Promise.all(appenders.map((appender) => appender.flush()));
  };

  return {
    append(partition, value) {
      const appender = appenders[partition];
      if (closed || appender === undefined) {
        throw new Failure('setup', 'journal_writer_misused', 'the writer is closed or has no such partition');
      }
      if (value !== null) checkValue(value);
      appender.append(value);
    },
    flush: () => inTurn(writeAll),
    close: () => {
      if (closed) return last;
      closed = true;
      return inTurn(async () => {
        try {
          await writeAll();
        } finally {
          await Promise.all(appenders.map((appender) => appender.close()));
        }
      });
    },
  };
}

function checkValue(value: Buffer): void {
  if (value.includes(NEWLINE)) {
    throw new Failure('data', 'journal_value_newline', 'a value holds a newline byte');
  }
  // It would be read as a tombstone.
  if (value.length === 0) throw new Failure('data', 'journal_value_empty', 'a value is empty');
  if (value.length > MAX_LINE_BYTES) {
    throw new Failure('data', 'journal_value_too_long', 'a value is above 16 MB');
  }
}
