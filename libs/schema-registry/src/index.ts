export { createEventDecoder } from './create-event-decoder';
export { preparedSource } from './prepared-source';
export type { RegistryFormat } from './registry/load-schema';
export { isRegistryUrl } from './registry/registry-url';
