export { foldersIn } from './local/folders';
export { publish } from './local/publish';
export { openTransformer } from './open-transformer';
export {
  BuildFailed,
  type BuiltModel,
  type Observed,
  type Problem,
  type Published,
  type RunReport,
  type Transformer,
} from './transformer';
