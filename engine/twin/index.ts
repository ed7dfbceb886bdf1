export * from './command';
export * from './fault';
export * from './mesh/mesh-spec';
export * from './system-spec';
