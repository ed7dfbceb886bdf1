/** What is wrong with a mesh or its identities, with the numbers that say so. */
export type MeshFinding =
  | { readonly kind: 'link-degraded'; readonly from: string; readonly to: string; readonly tq: number; readonly usualTq: number; readonly forSeconds: number }
  | { readonly kind: 'router-silent'; readonly router: string; /** Who routes to it still, by a TQ that is frozen. */ readonly believedBy: number; readonly silentSeconds: number; readonly purgedInSeconds: number }
  | { readonly kind: 'gateway-lost'; readonly router: string; readonly gateway: string | null; readonly forSeconds: number }
  | { readonly kind: 'route-flapping'; readonly router: string; readonly changes: number; readonly inSeconds: number; readonly hops: readonly string[] }
  | { readonly kind: 'routing-loop'; readonly router: string; readonly hops: readonly string[] }
  | { readonly kind: 'svid-expiring'; readonly workload: string; readonly leftSeconds: number; readonly failedTries: number }
  | { readonly kind: 'svid-expired'; readonly workload: string; readonly sinceSeconds: number };
