/** `GET /api/recordings/calm-day/telemetry.parquet`: the files of the shipped recordings. */
import { shippedRecordingFile } from '@/app/_server/recordings/shipped-recording';

export const runtime = 'nodejs';

type Context = { readonly params: Promise<{ readonly id: string; readonly file: string }> };

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { id, file } = await params;
  const bytes = await shippedRecordingFile(id, file);
  if (bytes === null) return Response.json({ code: 'not-found', message: `There is no shipped recording file ${id}/${file}.` }, { status: 404 });
  return new Response(bytes.slice().buffer, { headers: { 'Content-Type': file.endsWith('.json') ? 'application/json' : 'application/vnd.apache.parquet', 'Cache-Control': 'no-cache' } });
}
