import { createJournalWriter, type JournalWriter } from '@das/source-journal';
import { journalRecords } from '@das/testing';
import { partitionsOf } from '../streams';
import type { FeedServer } from './stream-feed';

/** Files of lines, which stand for whatever the contract names. */
export function journalServer(dir: string): FeedServer {
  const writers: JournalWriter[] = [];
  return {
    async feed(contract) {
      const { log } = contract.source;
      const writer = createJournalWriter({ dir, topic: log, partitions: partitionsOf(contract) });
      writers.push(writer);
      // Makes the files, so that the collector finds its partitions at once.
      await writer.flush();
      return {
        source: { kind: 'journal', dir },
        async send(events) {
          for (const { partition, value } of events) writer.append(partition, value);
          await writer.flush();
        },
        flush: async () => writer.flush(),
        records: (landing) => journalRecords(dir, log, landing),
      };
    },
    async close() {
      for (const writer of writers) await writer.close();
    },
  };
}
