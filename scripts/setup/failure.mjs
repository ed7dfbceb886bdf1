/** A reason why set-up cannot go on that a person can do something about: one sentence, exit code 2. */
export class SetupFailure extends Error {}

/** Runs `main`; prints the sentence of a SetupFailure and ends with 2, lets every other error show its stack. */
export async function orExplain(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
