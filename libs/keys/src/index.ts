export type { HeldKeys } from './held-keys';
export type { KeyWrapper, WrappedKey } from './key-wrapper';
export { openKms } from './kms';
export {
  addMissing,
  missingPurposes,
  nextKeyId,
  plainMaterial,
  rotate,
  wrappedMaterial,
  type MakeMaterial,
} from './new-key';
export { openKeys, readKeyFile, readRing } from './open-keys';
export { isLayered, isPurpose, ringPurposes } from './purpose';
export { RefreshedKeys, type RefreshOptions } from './refreshed-keys';
export { activate, addPending, markRekeyed, rekeyingOf, type Rekeying } from './rekey-ring';
export type { RingEntry } from './ring-entry';
export { openBytes, sealBytes, type Bound } from './sealed-bytes';
export { layerToken, makeToken, parseToken, type ParsedToken, type TokenPrefix } from './token';
export { changeRing, writeRing } from './write-ring';
