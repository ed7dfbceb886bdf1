export * from './study-policy';
export * from './study-schedulers';
