export { readEnvironment } from './read-environment';
