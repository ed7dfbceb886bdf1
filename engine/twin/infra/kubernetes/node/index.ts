export * from './oom-score';
export * from './quality-of-service';
export * from './rolling-update';
