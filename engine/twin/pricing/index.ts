export * from './carbon-spec';
export * from './power-model';
export * from './prices-spec';
export * from './read-carbon';
export * from './read-prices';
