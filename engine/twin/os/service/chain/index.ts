export { runChain } from './run-chain';
export type * from './chain-scenario';
