export * from './budget';
export * from './consolidate';
export * from './cron';
export * from './disruption-cost';
