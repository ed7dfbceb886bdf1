export { runScaleOut } from './run-scale-out';
export type * from './scale-out-scenario';
export { BALANCE_RULES } from './scale-out-scenario';
