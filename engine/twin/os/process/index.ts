export * from './boot';
export * from './schedule';
export * from './service';
export * from './start-up';
export * from './upkeep';
