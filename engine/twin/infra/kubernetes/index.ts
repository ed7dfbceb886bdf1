/** The Kubernetes rules of the twin: scheduling, autoscaling and node behaviour, as pure functions. */
export * from './api/labels';
export * from './api/node';
export * from './api/pod';
export * from './api/quantity';
export * from './api/volume';
export * from './autoscaling/hpa';
export * from './autoscaling/vpa';
export * from './node';
export * from './scheduling';
export * from './version';
