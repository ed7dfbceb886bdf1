export * from './advance-fair-host';
export * from './fair-host';
export * from './play-fair-record';
