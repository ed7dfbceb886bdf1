/** How a command ends; other programs read these, so the numbers never change. */
export const EXIT = { ok: 0, assertionFailed: 1, badInput: 2, engineError: 3, needsApproval: 4 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
