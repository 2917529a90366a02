export { readKeyFile } from './key-file';
export { openBytes, sealBytes, type Bound } from './sealed-bytes';
export { makeToken, type TokenPrefix } from './token';
