export * from './accuracy';
export * from './backtest';
export * from './conformal';
export * from './fill-gaps';
export * from './forecaster';
export * from './history';
export * from './models/naive';
export * from './models/smoothing-forecasters';
export { naive2, theta } from './models/theta';
