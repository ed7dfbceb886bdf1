export * from './allocate-costs';
export * from './allocate-hours';
export * from './allocate-node';
export * from './cost-rows';
export * from './owner-key';
export * from './split-amount';
