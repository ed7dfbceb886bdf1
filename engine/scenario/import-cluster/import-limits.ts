/** How much of a file is looked at; beyond these an import says so and stops, it never hangs. */
export const CLUSTER_IMPORT_LIMITS = {
  /** Characters of one JSON text, and of one YAML text (its parser is some fifty times slower). */
  jsonTextMax: 400_000_000,
  yamlTextMax: 16_000_000,
  filesMax: 2_000,
  /** Levels below a document; a Kubernetes object needs about a dozen. */
  depthMax: 48,
  /** Values looked at in one import, shared parts of YAML counted each time they are used. */
  valuesMax: 30_000_000,
  /** Characters of one text; names and labels have at most 317. */
  textMax: 4_096,
  objectsMax: 400_000,
  /** Pods that the scheduler of the twin places because no file says where they are. */
  placedPodsMax: 100_000,
  issuesMax: 200,
  /** What `parseSystem` takes. */
  nodesMax: 20_000,
  servicesMax: 1_000,
  replicasMax: 10_000,
} as const;
