/** `audit verify`: an exported audit log, checked without the server that wrote it. */
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { readText } from '../files';
import { verifyAudit } from '../verify-audit';

export const command = defineCommand({
  about: 'Checks an audit log exported from GET /api/v1/audit and prints {ok, leaves, head, firstBad, why}.\nAny flipped byte, and any dropped, swapped, duplicated or cut-off leaf, makes it fail with exit code 1.',
  positionals: { names: 'FILE', min: 1, max: 1 },
  options: {},
  examples: ['audit verify audit.ndjson'],
  async run(_values, [file], io) {
    const verdict = verifyAudit(await readText(file!));
    await io.json(verdict);
    return verdict.ok ? EXIT.ok : EXIT.assertionFailed;
  },
});
