export * from './behavior';
export * from './group-pods';
export * from './metric';
export * from './propose';
export * from './rate-limit';
export * from './reconcile';
export * from './replica-calculator';
export * from './stabilize';
