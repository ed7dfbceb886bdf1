export * from './control';
export * from './executions';
export * from './plans';
