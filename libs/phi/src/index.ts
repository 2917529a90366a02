export { Phi } from './phi';
export { purposesOf } from './protect/purposes';
export type { ProtectOptions } from './protect/landed-form';
export { protect } from './protect/protect';
export { findPhi } from './scan/find-phi';
export { SCAN_KINDS, type ScanKind } from './scan/kinds';
export { scan, type ScanObserver } from './scan/scan';
