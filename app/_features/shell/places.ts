/** The places of the workbench, in the order of the work: look, ask, decide, then everything that supports it. */
export type Place = { readonly name: string; readonly href: string; readonly about: string };

export const PLACES: readonly Place[] = [
  { name: 'Now', href: '/', about: 'the running world and what-ifs on it' },
  { name: 'Twin', href: '/twin', about: 'what the system is made of, and how well the twin fits' },
  { name: 'Scenarios', href: '/scenarios', about: 'questions as data, run with a seed' },
  { name: 'Compare', href: '/compare', about: 'variants over paired seeds, with intervals' },
  { name: 'Replay', href: '/replay', about: 'the loop over recorded telemetry' },
  { name: 'Forecast', href: '/forecast', about: 'demand, cost and return, risk, promises' },
  { name: 'Plans', href: '/plans', about: 'inbox, approval, execution, undo' },
];

export const SUPPORTING_PLACES: readonly Place[] = [
  { name: 'Audit', href: '/audit', about: 'who did what, provably' },
  { name: 'Data', href: '/data', about: 'sources, SQL, exports' },
  { name: 'Connectors', href: '/connectors', about: 'targets and what they may do' },
  { name: 'Reports', href: '/reports', about: 'pages as documents' },
  { name: 'Settings', href: '/settings', about: 'this browser and this server' },
  { name: 'Learn', href: '/learn', about: 'how it works, and how to check it' },
];

/** Pages below a place: reached by links there and from ⌘K. */
export const FURTHER_PLACES: readonly Place[] = [
  { name: 'Whole cluster', href: '/twin/cluster', about: 'thousands of nodes and pods in one picture' },
  { name: 'Host', href: '/twin/host', about: 'one machine under its limits' },
];
