export * from './certificate';
export * from './config-drift';
export * from './package-update';
