/** Prometheus text about this server. */
import { getServer } from '@/app/_server/boot/server';
import { serverMetrics } from '@/app/_server/metrics/server-metrics';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const { text, contentType } = await serverMetrics(await getServer());
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
}
