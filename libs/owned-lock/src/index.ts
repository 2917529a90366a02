export { takeLock } from './owned-lock';
