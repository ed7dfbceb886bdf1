/**
 * vCPUs and memory of machine types, from how their names are built: the family says GiB per vCPU, the size
 * how many vCPUs. Sources: the instance type pages of Amazon EC2 and the machine family pages of Google
 * Compute Engine, read 2026-11. A type that is not covered is null, never a guess.
 */
const MIB_PER_GIB = 1_024;

export type MachineSize = { readonly vcpus: number; readonly memoryMib: number };

/** GiB per vCPU of the general, compute and memory families of EC2; t2, t3, t3a and t4g are listed whole. */
const EC2_GIB_PER_VCPU: Readonly<Record<string, number>> = { m: 4, c: 2, r: 8, x: 16, i: 8 };
const EC2_FAMILY = /^([mcrxi])(\d)([a-z]*)$/;
const EC2_SIZE = /^(medium|large|xlarge|(\d{1,2})xlarge)$/;
const BURST: Readonly<Record<string, readonly [vcpus: number, gib: number]>> = { nano: [2, 0.5], micro: [2, 1], small: [2, 2], medium: [2, 4], large: [2, 8], xlarge: [4, 16], '2xlarge': [8, 32] };
const T2_VCPUS: Readonly<Record<string, number>> = { nano: 1, micro: 1, small: 1 };
/** First generations whose ratio differs (c3 and c4: 1.875, m3 and m4: 3.75 or 4, r3 and r4: 7.625) are not covered. */
const FIRST_COVERED = 5;

const GCE_GIB_PER_VCPU: Readonly<Record<string, number>> = {
  'e2-standard': 4, 'e2-highmem': 8, 'e2-highcpu': 1, 'n1-standard': 3.75, 'n1-highmem': 6.5, 'n1-highcpu': 0.9, 'n2-standard': 4, 'n2-highmem': 8, 'n2-highcpu': 1,
  'n2d-standard': 4, 'n2d-highmem': 8, 'n2d-highcpu': 1, 'n4-standard': 4, 'n4-highmem': 8, 'n4-highcpu': 2, 'c2-standard': 4, 'c2d-standard': 4, 'c2d-highmem': 8, 'c2d-highcpu': 2,
  'c3-standard': 4, 'c3-highmem': 8, 'c3-highcpu': 2, 'c3d-standard': 4, 'c3d-highmem': 8, 'c3d-highcpu': 2, 'c4-standard': 3.75, 'c4-highmem': 7.75, 'c4-highcpu': 2, 't2d-standard': 4, 't2a-standard': 4,
};
const GCE_SHARED: Readonly<Record<string, readonly [vcpus: number, gib: number]>> = { 'e2-micro': [2, 1], 'e2-small': [2, 2], 'e2-medium': [2, 4], 'f1-micro': [1, 0.6], 'g1-small': [1, 1.7] };
const GCE_PREDEFINED = /^([a-z]\d[a-z]?-(?:standard|highmem|highcpu))-(\d{1,3})$/;
const GCE_CUSTOM = /^(?:[a-z]\d[a-z]?-)?custom-(\d{1,3})-(\d{3,7})$/;

const sizeOf = (vcpus: number, gib: number): MachineSize => ({ vcpus, memoryMib: Math.round(gib * MIB_PER_GIB) });
const member = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);

export const machineSize = (type: string): MachineSize | null => (type.includes('.') ? ec2Size(type) : gceSize(type));

function ec2Size(type: string): MachineSize | null {
  const [family = '', size = ''] = type.split('.');
  if (/^(t2|t3|t3a|t4g)$/.test(family)) {
    const [vcpus, gib] = member(BURST, size) ?? [0, 0];
    return vcpus === 0 ? null : sizeOf(family === 't2' ? (member(T2_VCPUS, size) ?? vcpus) : vcpus, gib);
  }
  const [, letter = '', generation = '0'] = EC2_FAMILY.exec(family) ?? [];
  const match = EC2_SIZE.exec(size);
  const ratio = letter === 'i' && Number(generation) < 3 ? undefined : member(EC2_GIB_PER_VCPU, letter);
  if (match === null || ratio === undefined || (letter !== 'x' && letter !== 'i' && Number(generation) < FIRST_COVERED) || (letter === 'x' && Number(generation) < 2)) return null;
  const vcpus = size === 'medium' ? 1 : size === 'large' ? 2 : size === 'xlarge' ? 4 : Number(match[2]) * 4;
  return sizeOf(vcpus, vcpus * ratio);
}

function gceSize(type: string): MachineSize | null {
  const shared = member(GCE_SHARED, type);
  if (shared !== undefined) return sizeOf(shared[0], shared[1]);
  const custom = GCE_CUSTOM.exec(type);
  if (custom !== null) return Number(custom[1]) > 0 ? { vcpus: Number(custom[1]), memoryMib: Number(custom[2]) } : null;
  const [, family = '', count = '0'] = GCE_PREDEFINED.exec(type) ?? [];
  const ratio = member(GCE_GIB_PER_VCPU, family);
  return ratio === undefined || Number(count) < 1 ? null : sizeOf(Number(count), Number(count) * ratio);
}
