export * from './advance-fair-host';
export * from './fair-host';
