export { Phi } from './phi';
export { purposesOf } from './protect/purposes';
export type { ProtectOptions } from './protect/landed-form';
export { protect } from './protect/protect';
