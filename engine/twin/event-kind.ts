/** Kinds of events in a world's queue. 0–99 belong to the infrastructure, 100–199 to the mesh. */
export const EventKind = {
  arrival: 0, // subject load, detail version
  enter: 1, // subject load, detail client time: a request that crossed the mesh
  nodeStep: 2, // subject node, detail version
  waitDone: 3, // subject span, detail generation
  replicaReady: 4, // subject replica, detail life
  replicaEndpointGone: 5, // subject replica, detail life
  replicaReschedule: 6, // subject replica, detail life
  faultStart: 7, // subject index into world.faults
  faultEnd: 8,
  action: 9, // subject index into world.actions
  sample: 10,
  lostAnswer: 11, // subject span, detail generation: the client gives up on a dead replica
  callArrives: 12, // subject span, detail generation: a call has crossed the mesh or been secured
  callTimesOut: 13, // subject called span, detail generation
  callAgain: 14, // subject calling span, detail generation
  userAsks: 15, // subject closed load
  connectionFree: 16, // subject calling span, detail generation
  poolTimesOut: 17, // subject calling span, detail generation and attempt
  hedge: 18, // subject calling span, detail generation and join
  instanceStep: 19, // subject instance of a function, detail version
  externalDone: 20, // subject span, detail generation
  deliver: 21, // subject queue
  visibilityEnds: 22, // subject message, detail delivery
  jobStarts: 23, // subject service
  jobPods: 24, // subject service
  jobDeadline: 25, // subject service, detail run
  replicaCrashes: 26, // subject replica, detail life
  flowStep: 27,
  leaseTurn: 28, // subject replica, detail life
  writeReplicated: 29, // subject span, detail generation
  promoted: 30, // subject service, detail token
  restored: 31, // subject service
  schedulingPass: 40, // detail the time it was planned for
  replicaCrash: 41, // 41–45: subject replica, detail life
  replicaStops: 42,
  replicaKilled: 43,
  readinessProbe: 44,
  livenessProbe: 45,
  drainStep: 46, // subject node
  nodeNotReady: 47, // subject node, detail life
  rollOutStep: 48, // subject service
  rollOutDeadline: 49, // subject service, detail revision
  scrape: 50,
  hpaSync: 51, // subject service
  vpaSync: 52, // subject service
  nodeScan: 53,
  nodeBooted: 54, // subject node, detail life
  spotReclaimed: 55, // subject node, detail life
  evictionTurn: 60,
  tolerationEnds: 61, // subject replica, detail life
  outOfMemory: 56, // subject replica, detail life
} as const;

/** 40–69: the control plane. */
export const CLUSTER_EVENTS = { first: 40, last: 69 } as const;

export const MESH_EVENT_BASE = 100;
/** 150–199: identities and edge stores. */
export const COUPLING_EVENT_BASE = 150;
