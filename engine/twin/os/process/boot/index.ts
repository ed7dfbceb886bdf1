export * from './boot-host';
