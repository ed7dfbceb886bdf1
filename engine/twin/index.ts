export * from './command';
export * from './fault';
export * from './mesh/mesh-spec';
export * from './spec-issue';
export * from './system-spec';
