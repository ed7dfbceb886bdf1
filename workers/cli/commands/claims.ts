/** `claims`: what is claimed of hosts, lived under several conditions. */
import { seedClaims } from '@/scenarios/hosts/seed-claims';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { wholeNumber } from '../numbers';

export const command = defineCommand({
  about:
    'Lives the claims that other systems make of hosts (a container starts in 100 ms, a host boots in 5 s, “remediated” disks, cleared caches, limit rules)\nunder several conditions each. Prints one line per claim {title, claim, target, unit, cases:[{condition, value, meets}], verdict, found};\nverdict is holds, fails or depends, found is what the twin’s findings say meanwhile.',
  positionals: { names: '', min: 0, max: 0 },
  options: { seed: { type: 'string', value: 'N', default: '1', help: 'Seed of starts and requests.' } },
  examples: ['claims', 'claims --seed 7'],
  async run(values, _positionals, io) {
    for (const claim of seedClaims(wholeNumber('--seed', values.seed, { min: 0, max: 2 ** 30 }))) await io.json(claim);
    return EXIT.ok;
  },
});
