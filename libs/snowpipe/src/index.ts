export type { Compression } from './compression';
export { readAccountUrl } from './endpoint-url';
export type { Operation, SnowpipeObserver } from './observer';
export { DEFAULT_LIMITS, type SnowpipeLimits, type SnowpipeSettings } from './settings';
export { createSnowpipeSink } from './sink';
