export { Phi } from './phi';
export { purposesOf } from './protect/purposes';
export { protect, type ProtectOptions } from './protect/protect';
