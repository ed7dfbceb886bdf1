/** Next's boot hook: opens the server with the process, so that the first page finds it running. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return;
  const { boot } = await import('./app/_server/boot/boot');
  await boot();
}
