/**
 * AWS, us-east-1: machines on demand as listed on one day, and what stands beside them on a bill. Storage, traffic and
 * balancers are the public prices as they are generally known, not read off a list of a day; their source says so.
 */
import { AWS_ON_DEMAND, AWS_ON_DEMAND_FROM, AWS_ON_DEMAND_REGION } from './aws-on-demand';
import type { PriceBook, PriceEntry, PricedUnit } from './price-book';

const MACHINES = 'AWS us-east-1 on demand, as listed by the Karpenter AWS provider';
const PUBLIC = 'AWS us-east-1, public price as generally known, not checked against a list; compare with your bill';
const GB_PER_TB = 1_024;

const micro = (usd: number) => Math.round(usd * 1e9) / 1e3;
const listed = (item: string, unit: PricedUnit, usd: number, above?: number): PriceEntry => ({ item, unit, microUsd: micro(usd), from: '2024-02-01', source: PUBLIC, region: AWS_ON_DEMAND_REGION, ...(above === undefined ? {} : { above }) });

function machines(): PriceEntry[] {
  return AWS_ON_DEMAND.trim().split('\n').flatMap((line) => {
    const [family, ...sizes] = line.split(' ');
    return sizes.map((each): PriceEntry => {
      const [size, usd] = each.split('=') as [string, string];
      return { item: `${family}.${size}`, unit: 'node-hour', microUsd: micro(Number(usd)), from: AWS_ON_DEMAND_FROM, source: MACHINES, region: AWS_ON_DEMAND_REGION };
    });
  });
}

export const awsPriceBook = (): PriceBook => ({
  name: 'aws',
  currency: 'USD',
  entries: [
    ...machines(),
    listed('gp3', 'gib-month', 0.08),
    listed('gp2', 'gib-month', 0.1),
    listed('io2', 'gib-month', 0.125),
    listed('st1', 'gib-month', 0.045),
    listed('sc1', 'gib-month', 0.015),
    listed('disk', 'gib-month', 0.08),
    listed('egress-internet', 'egress-gib', 0),
    listed('egress-internet', 'egress-gib', 0.09, 100),
    listed('egress-internet', 'egress-gib', 0.085, 100 + 10 * GB_PER_TB),
    listed('egress-internet', 'egress-gib', 0.07, 100 + 50 * GB_PER_TB),
    listed('egress-internet', 'egress-gib', 0.05, 100 + 150 * GB_PER_TB),
    listed('egress-zone', 'egress-gib', 0.02), // 0.01 is paid at each end
    listed('egress-region', 'egress-gib', 0.02),
    listed('load-balancer', 'hour', 0.0225),
    listed('control-plane', 'hour', 0.1),
    listed('s3-standard', 'gib-month', 0.023),
    listed('s3-standard', 'gib-month', 0.022, 50 * GB_PER_TB),
    listed('s3-standard', 'gib-month', 0.021, 500 * GB_PER_TB),
    listed('s3-standard-ia', 'gib-month', 0.0125),
    listed('s3-glacier-ir', 'gib-month', 0.004),
    listed('s3-glacier', 'gib-month', 0.0036),
    listed('s3-deep-archive', 'gib-month', 0.00099),
  ],
});
