export * from './boot-time';
export * from './cache-spiral';
export * from './claim';
export * from './container-start';
export * from './disk-remedy';
export * from './duelling-rules';
