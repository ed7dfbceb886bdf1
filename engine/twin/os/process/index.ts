export * from './start-up';
