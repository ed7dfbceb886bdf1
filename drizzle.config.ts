/** `npx drizzle-kit generate` writes the next migration from the schema; the server applies them on its start. */
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './app/_server/database/schema/index.ts',
  out: './app/_server/database/migrations',
});
