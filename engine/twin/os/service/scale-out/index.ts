export { runScaleOut } from './run-scale-out';
export type * from './scale-out-scenario';
