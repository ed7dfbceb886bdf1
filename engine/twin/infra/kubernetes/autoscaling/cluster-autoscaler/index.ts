export * from './estimate';
export * from './expanders';
export * from './first-fit';
export * from './scale-down';
