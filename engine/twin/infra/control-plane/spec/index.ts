export * from './autoscaling-spec';
export * from './cluster-spec';
export * from './node-autoscaler-spec';
export * from './node-rules-spec';
export * from './pod-rules-spec';
export * from './service-rules-spec';
export * from './start-spec';
