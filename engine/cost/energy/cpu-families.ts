/**
 * Watts of one thread by processor family, from SPECpower_ssj2008 results, by the method of Cloud Carbon
 * Footprint: a result belongs to a family when its processor's description ends in one of the family's
 * models as whole words (letters of either size), and a family draws the mean over its results.
 */
export type MeasuredServer = { readonly cpu: string; readonly idleWatts: number; readonly maxWatts: number; readonly threads: number; readonly chips: number; readonly memoryGb: number };

/** Of one thread; a cloud's vCPU is one. */
export type FamilyPower = { readonly servers: number; readonly idleWatts: number; readonly maxWatts: number; readonly gbPerChip: number };

export type CpuFamily = {
  readonly name: string;
  readonly models: readonly string[];
  /** The models the published figure came from, where they were not the family's. */
  readonly publishedModels?: readonly string[];
};

const EPYC_8004 = ['8024P', '8024PN', '8124P', '8124PN', '8224P', '8224PN', '8324P', '8324PN', '8434P', '8434PN', '8534P', '8534PN'];
const SANDY_BRIDGE_E3 = ['1220', '1260L', '1270', '1280'];
const SANDY_BRIDGE_E5 = ['2440', '2450', '2450L', '2470', '2609', '2620', '2630', '2640', '2650', '2650L', '2660', '2665', '2670', '2680', '4607', '4640', '4650', '4650L'];

/** Only models with a result; read 2026-03-09. */
export const CPU_FAMILIES: readonly CpuFamily[] = [
  { name: 'Broadwell', models: ['E5-2683 v4', 'E5-2698 v4', 'E5-2699 v4', 'E5-4669 v4'] },
  { name: 'Cascade Lake', models: ['Gold 5218', 'Gold 5220', 'Gold 6226R', 'Gold 6238R', 'Gold 6252', 'Platinum 8276L', 'Platinum 8280', 'Platinum 8280L', 'Silver 4214'] },
  { name: 'Coffee Lake', models: ['E-2176G', 'E-2288G'] },
  { name: 'EPYC 1st Gen', models: ['EPYC 7351', 'EPYC 7501', 'EPYC 7551P', 'EPYC 7601'] },
  { name: 'EPYC 2nd Gen', models: ['EPYC 7702', 'EPYC 7702P', 'EPYC 7742'] },
  { name: 'EPYC 3rd Gen', models: ['EPYC 7713', 'EPYC 7763', 'EPYC 7773X'] },
  { name: 'EPYC 4th Gen', models: ['EPYC 9654', 'EPYC 9654P', ...EPYC_8004.map((model) => `EPYC ${model}`)] },
  // The published list ends in blank lines, and the blank model matches every description that ends in a word.
  { name: 'EPYC 5th Gen', models: ['EPYC 4465P', 'EPYC 9655', 'EPYC 9755', 'EPYC 9845', 'EPYC 9965'], publishedModels: [''] },
  { name: 'Emerald Rapids', models: ['Gold 6548Y', 'Gold 6558Q', 'Platinum 8581V'] },
  { name: 'Granite Rapids', models: ['6787P', '6788P', '6980P'] },
  { name: 'Haswell', models: ['i5-4570', 'E5-2699 v3', 'E5-4669 v3'] },
  { name: 'Ice Lake', models: ['Platinum 8380'] },
  { name: 'Ivy Bridge', models: ['E5-2660 v2'] },
  { name: 'Sandy Bridge', models: [...SANDY_BRIDGE_E3.map((model) => `E3-${model}`), ...SANDY_BRIDGE_E5.map((model) => `E5-${model}`)] },
  { name: 'Sapphire Rapids', models: ['Gold 6414U', 'Gold 6421N', 'Gold 6428N', 'Gold 6438N', 'Gold 6448Y', 'Gold 6454S', 'Platinum 8471N', 'Platinum 8490H', 'Silver 4510'] },
  { name: 'Skylake', models: ['E3-1240L v5', 'E3-1260L v5', 'Gold 6140', 'Gold 6152', 'Platinum 8160', 'Platinum 8176', 'Platinum 8176M', 'Platinum 8180'] },
];

/** Processors without a result take another family's figures: Graviton those of EPYC 2nd Gen. */
export const familyOf = (architecture: string): CpuFamily | undefined => {
  const stand = architecture.startsWith('Graviton') ? 'EPYC 2nd Gen' : architecture;
  return CPU_FAMILIES.find(({ name }) => name === stand);
};

/** Null when no result is of these models. */
export function familyPower(servers: readonly MeasuredServer[], models: readonly string[]): FamilyPower | null {
  const own = servers.filter(({ cpu }) => models.some((model) => endsInWords(cpu, model)));
  if (own.length === 0) return null;
  const mean = (of: (server: MeasuredServer) => number) => own.reduce((sum, server) => sum + of(server), 0) / own.length;
  return { servers: own.length, idleWatts: mean((s) => s.idleWatts / s.threads), maxWatts: mean((s) => s.maxWatts / s.threads), gbPerChip: mean((s) => s.memoryGb / s.chips) };
}

function endsInWords(description: string, model: string): boolean {
  if (!/\w$/.test(description) || !description.toLowerCase().endsWith(model.toLowerCase())) return false;
  const before = description.at(-model.length - 1) ?? ' ';
  return model === '' || !/\w/.test(before);
}
