import type { SourceKind, SourceRig } from '../source-rig';
import { startJournalRig } from './journal-rig';
import { startKafkaRig } from './kafka-rig';
import { startKinesisRig } from './kinesis-rig';
import { startS3Rig } from './s3-rig';

const START: Readonly<Record<SourceKind, (dir: string) => Promise<SourceRig>>> = {
  journal: startJournalRig,
  kafka: startKafkaRig,
  kinesis: startKinesisRig,
  s3: startS3Rig,
};

/** @param dir - its data and logs */
export async function startRig(kind: SourceKind, dir: string): Promise<SourceRig> {
  return START[kind](dir);
}
