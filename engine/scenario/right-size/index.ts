export type { Consequence, ServiceConsequence } from './play/consequence';
export { measuredRun, rightSizeRows, type MeasuredRun, type RightSizeRow, type RiskPrices, type ServiceRow } from './play/rows';
export { RIGHT_SIZE_METHODS, rightSizeVariants, TODAY, type RightSizeMethod, type RightSizeQuestion, type RightSizeVariant } from './play/variants';
export { bestRow, rightSizeVerdicts, type Verdict, type VerdictKind } from './play/verdict';
export { recommendSizes, SIZING_METHODS, type SizingMethod } from './recommend/recommend';
export type { Recommendation, Sizing } from './recommend/sizing';
export { observeUsage } from './usage/observe-usage';
export type { PodUsage, ServiceUsage, UsageHistory } from './usage/usage-history';
