/** A variant of a scenario as a person asks for one: a few things changed, the rest as it is. It fits into the address. */
import type { ScenarioSpec } from '@/engine/scenario';

export type Variant = {
  readonly name: string;
  /** Replicas per service, where they differ. */
  readonly replicas: Readonly<Record<string, number>>;
  /** CPU quota per replica in mCPU, where it differs; null takes a quota away. */
  readonly quotas: Readonly<Record<string, number | null>>;
  readonly loadFactor: number;
};

export const UNCHANGED: Variant = { name: 'as it is', replicas: {}, quotas: {}, loadFactor: 1 };

export function applyVariant(spec: ScenarioSpec, variant: Variant): ScenarioSpec {
  const services = spec.system.services.map((service) => ({
    ...service,
    replicas: variant.replicas[service.name] ?? service.replicas,
    quotaMillicores: variant.quotas[service.name] === undefined ? service.quotaMillicores : variant.quotas[service.name],
  }));
  const entries = [...new Set(spec.system.loads.map((load) => load.service))];
  const surge = variant.loadFactor === 1 ? [] : entries.map((service) => ({ kind: 'load-factor' as const, service, factor: variant.loadFactor, atSeconds: 0 }));
  return { ...spec, system: { ...spec.system, services }, faults: [...(spec.faults ?? []), ...surge] };
}

/** What differs, in words. */
export function describeVariant({ replicas, quotas, loadFactor }: Variant): string {
  const parts = [
    ...Object.entries(replicas).map(([service, n]) => `${service} × ${n}`),
    ...Object.entries(quotas).map(([service, quota]) => `${service} ${quota === null ? 'without quota' : `${quota} mCPU`}`),
    ...(loadFactor === 1 ? [] : [`load × ${loadFactor}`]),
  ];
  return parts.length === 0 ? 'as it is' : parts.join(', ');
}

/** `replicas:catalog:6;quota:catalog:500;load:2` */
export function variantToCode({ replicas, quotas, loadFactor }: Variant): string {
  return [
    ...Object.entries(replicas).map(([service, n]) => `replicas:${service}:${n}`),
    ...Object.entries(quotas).map(([service, quota]) => `quota:${service}:${quota ?? 'none'}`),
    ...(loadFactor === 1 ? [] : [`load:${loadFactor}`]),
  ].join(';');
}

/** Unknown or broken parts of an address are left out: a variant that cannot be read is "as it is". */
export function variantFromCode(code: string, spec: ScenarioSpec): Variant {
  const replicas: Record<string, number> = {};
  const quotas: Record<string, number | null> = {};
  let loadFactor = 1;
  for (const part of code.split(';')) {
    const [kind, subject = '', value = ''] = part.split(':');
    const known = spec.system.services.some((service) => service.name === subject);
    const number = Number(value);
    if (kind === 'replicas' && known && Number.isInteger(number) && number >= 0 && number <= 1_000) replicas[subject] = number;
    else if (kind === 'quota' && known && value === 'none') quotas[subject] = null;
    else if (kind === 'quota' && known && number >= 10 && number <= 1_000_000) quotas[subject] = number;
    else if (kind === 'load' && Number(subject) > 0 && Number(subject) <= 100) loadFactor = Number(subject);
  }
  const variant = { name: '', replicas, quotas, loadFactor };
  return { ...variant, name: describeVariant(variant) };
}
