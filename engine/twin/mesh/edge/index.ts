export { CONFLICT_RULES, EDGE_STORES_MAX, readEdgeStore, type ConflictRule, type EdgeStoreSpec } from './edge-spec';
export { compileEdge, type EdgeCounters, type EdgeState, type EdgeStore } from './edge-state';
export { compareCopies, EMPTY_COPY, mergeCopies, writeCopy, type Copy } from './merge-copies';
export { handleEdgeEvent, isEdgeEvent, startEdge, type WaysTo } from './run-edge';
