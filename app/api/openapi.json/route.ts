/** The description of the REST surface. */
import { openapiDocument } from '@/app/_server/rest/openapi';

export const runtime = 'nodejs';

export const GET = (): Response => Response.json(openapiDocument());
