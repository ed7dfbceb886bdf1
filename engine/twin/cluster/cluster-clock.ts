/** How often the control plane looks, in seconds: the metrics server, the horizontal and the cluster autoscaler by default. */
export const FLOW_SECONDS = 15;
export const HPA_SECONDS = 15;
export const AUTOSCALER_SECONDS = 10;
