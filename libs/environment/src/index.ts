export { readEnvironment } from './read-environment';
export { isLoopback, isSafeUrl } from './safe-url';
