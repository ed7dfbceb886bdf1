export * from './request-savings';
export * from './return-bands';
export * from './savings';
