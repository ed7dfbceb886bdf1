/** The OpenAPI 3.1 description, made from the operations themselves. */
import { ENGINE_VERSION } from '@/engine/scenario';
import { z } from 'zod';
import type { Operation } from './operation';
import { OPERATIONS } from './operations';

const PROBLEM = { description: 'Refused; `code` is stable', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };

export function openapiDocument(): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    const path = `/api/v1${operation.path}`;
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Orrery', version: ENGINE_VERSION, description: 'Plans, approvals and executions of an Orrery installation.' },
    paths,
    security: [{ bearer: [] }, {}],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } }, schemas: { Problem: problemSchema } },
  };
}

function describe({ operationId, summary, path, ifMatch, bodySchema, status }: Operation) {
  const parameters = [
    ...(path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : []),
    ...(ifMatch ? [{ name: 'If-Match', in: 'header', required: true, description: 'The planId that was decided on', schema: { type: 'string', pattern: '^"?[0-9a-f]{64}"?$' } }] : []),
  ];
  const requestBody = bodySchema === null ? {} : { requestBody: { content: { 'application/json': { schema: z.toJSONSchema(bodySchema, { io: 'input' }) } } } };
  const content = operationId === 'exportAudit' ? { 'application/x-ndjson': { schema: { type: 'string' } } } : { 'application/json': { schema: { type: 'object' } } };
  return { operationId, summary, parameters, ...requestBody, responses: { [status]: { description: 'Done', content }, default: PROBLEM } };
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' }, detail: { type: 'string' }, refusal: { type: 'object' } },
};
