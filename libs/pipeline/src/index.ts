export * from './failure';
export * from './outcome';
export * from './offset-token';
export * from './ports/clock';
export * from './ports/key-provider';
export * from './ports/sink';
export * from './ports/source';
