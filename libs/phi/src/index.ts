export { Phi } from './phi';
