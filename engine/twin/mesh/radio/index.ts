export { airTimeShare, type BasicRate } from './air-time';
export { frameLoss, noiseDbm, pathLossDb, planLinks, planMesh, RATES, unicastMbps, type PlannedLink, type RadioPlan } from './plan-radio';
