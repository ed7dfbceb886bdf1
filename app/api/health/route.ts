/** 200 when the database and the loop are ready, 503 with the reason when not. */
import { getServer } from '@/app/_server/boot/server';
import { problemResponse } from '@/app/_server/http/problem';
import { reasonOf } from '@/app/_server/database/database';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  try {
    const health = await (await getServer()).health();
    return Response.json(health, { status: health.ok ? 200 : 503, headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    return problemResponse({ status: 503, code: 'not-ready', detail: reasonOf(error), more: { ok: false } });
  }
}
