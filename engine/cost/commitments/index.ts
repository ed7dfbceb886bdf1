export * from './best-commitment';
export * from './cash-view';
export * from './commitment-order';
export * from './committed-use';
export * from './spot';
export * from './sustained-use';
