export { BeginAnew, startCollectorCommand, type CollectorProcess } from './collector-process';
export { readLines, writeLine } from './lines';
export {
  recoverOrder,
  recoverWord,
  replayOrder,
  replayWord,
  sealedLetter,
  type RecoverOrder,
  type RecoverResult,
  type RecoverWord,
  type ReplayCounts,
  type ReplayOrder,
  type ReplayWord,
  type SealedLetter,
  type Witness,
} from './messages';
