import { randomBytes } from 'node:crypto';
import {
  readLines,
  replayOrder,
  sealedLetter,
  type ReplayCounts,
  type ReplayWord,
  type SealedLetter,
} from '@das/collector-link';
import { createUnsealer, type Unsealer } from '@das/dead-letters';
import { Failure, recordId, Replay, systemClock, type DeadLetter } from '@das/pipeline';
import { createDecoder } from '../create-decoder';
import { stepsOf } from '../create-ingest';
import { claimsOf, createDeadLetterSealer, readKeys } from '../create-sealer';
import { createSink } from '../create-sink';
import type { CommandParts } from './command';

const MEGABYTE = 1024 * 1024;
const PROGRESS_MS = 500;

/** Opens the replay channel, says so, and takes the dead letters that it is told through the present pipeline. */
export async function replay({ declaration, config, input, say }: CommandParts): Promise<void> {
  const lines = readLines(input);
  await checkStream(declaration.contracts[0].stream, lines);
  const keys = await readKeys(config);
  const unsealer = createUnsealer({ keys, claims: claimsOf(config) });
  const sink = createSink(declaration, config);
  const decoder = createDecoder(declaration, config);
  const tell = (word: ReplayWord): Promise<void> => say(word);
  const running = await Replay.open({
    collector: declaration.name,
    version: declaration.version,
    contract: declaration.contracts[0],
    steps: stepsOf(declaration, { keys, decoder }),
    sink,
    clock: systemClock,
    keys,
    sealer: createDeadLetterSealer(config, keys),
    run: randomBytes(6).toString('hex'),
    maxHeldBytes: config.DAS_PARTITION_BUFFER_MB * MEGABYTE,
    commitPatienceMs: config.DAS_COMMIT_PATIENCE_SECONDS * 1000,
  });
  let unreadable = 0;
  const counts = (): ReplayCounts => ({ ...running.books, unreadable });
  await tell({
    opened: Replay.channelOf({ contract: declaration.contracts[0] }),
  });
  const timer = setInterval(() => void tell({ progress: counts() }), PROGRESS_MS);
  try {
    for await (const line of lines) {
      const sealed = sealedLetter.parse(JSON.parse(line));
      const letter = open(sealed, unsealer);
      if (letter instanceof Failure) {
        unreadable++;
        await tell({ unreadable: { id: recordId(sealed), code: letter.code } });
      } else {
        if (decoder?.ready([letter.record]) === 0) await decoder.prepare([letter.record]);
        await running.take([letter]);
      }
    }
    await running.finish();
  } finally {
    clearInterval(timer);
    running.close();
    await sink.stop();
    await decoder?.close();
  }
  await tell({ done: counts() });
}

/** Before anything is opened: another stream's dead letters do not belong into this one's table. @throws Failure */
async function checkStream(own: string, lines: AsyncGenerator<string>): Promise<void> {
  const first = await lines.next();
  const { stream } = replayOrder.parse(JSON.parse(first.done === true ? '{}' : first.value));
  if (stream === own) return;
  throw new Failure('setup', 'wrong_collector', `this collector collects ${own}, not ${stream}`, {
    cure: 'name one of that stream with --collector',
  });
}

/** A record that cannot be opened is one record's fault. @throws Failure for what is not */
function open(letter: SealedLetter, unsealer: Unsealer): DeadLetter | Failure {
  const { source, epoch, partition, position, sourceTs, recordHash, sealed } = letter;
  const coordinates = { source, epoch, partition, position };
  try {
    const record = unsealer.unseal(sealed, coordinates);
    const timestampMs = sourceTs === null ? undefined : Date.parse(sourceTs);
    return { coordinates, recordHash, record: { ...record, timestampMs } };
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind === 'data') return thrown;
    throw thrown;
  }
}
