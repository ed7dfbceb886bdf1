export * from './savings';
