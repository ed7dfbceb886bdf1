CREATE TABLE "audit_leaves" (
	"index" bigint PRIMARY KEY NOT NULL,
	"prev" text NOT NULL,
	"entry" text NOT NULL,
	"hash" text NOT NULL,
	"subject" text
);
--> statement-breakpoint
CREATE TABLE "connector_modes" (
	"connector" text PRIMARY KEY NOT NULL,
	"mode" text NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at_us" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "control" (
	"one" integer PRIMARY KEY NOT NULL,
	"fence" bigint NOT NULL,
	"stopped" boolean NOT NULL,
	"stopped_by" text,
	"stopped_at_us" bigint,
	"audit_leaves" bigint NOT NULL,
	"audit_head" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dry_run_records" (
	"serial" serial PRIMARY KEY NOT NULL,
	"connector" text NOT NULL,
	"plan_id" text NOT NULL,
	"step" integer NOT NULL,
	"command" text NOT NULL,
	"expected_version" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"at_us" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "executions" (
	"serial" serial PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"plan_id" text NOT NULL,
	"direction" text NOT NULL,
	"mode" text NOT NULL,
	"executed_by" text NOT NULL,
	"fence" bigint NOT NULL,
	"started_at_us" bigint NOT NULL,
	"applied_at_us" bigint,
	"ended_at_us" bigint
);
--> statement-breakpoint
CREATE TABLE "intents" (
	"serial" serial PRIMARY KEY NOT NULL,
	"execution" integer NOT NULL,
	"plan_id" text NOT NULL,
	"step" integer NOT NULL,
	"attempt" integer NOT NULL,
	"fence" bigint NOT NULL,
	"idempotency_key" text NOT NULL,
	"effect_class" text NOT NULL,
	"expected_version" text NOT NULL,
	"live" boolean NOT NULL,
	"leaf" bigint NOT NULL,
	"at_us" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outcomes" (
	"intent" integer PRIMARY KEY NOT NULL,
	"result" text NOT NULL,
	"version" text,
	"detail" text,
	"at_us" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "promises" (
	"serial" serial PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"plan_id" text NOT NULL,
	"action_kind" text NOT NULL,
	"metric" text NOT NULL,
	"subject" text NOT NULL,
	"prediction" text NOT NULL,
	"do_nothing" text,
	"mode" text NOT NULL,
	"promised_at_us" bigint NOT NULL,
	"measured" double precision,
	"inside" boolean,
	"verdict" text,
	"scored_at_us" bigint
);
--> statement-breakpoint
CREATE TABLE "resolutions" (
	"intent" integer PRIMARY KEY NOT NULL,
	"took_effect" boolean NOT NULL,
	"version" text,
	"resolved_by" text NOT NULL,
	"at_us" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "approvals" (
	"serial" serial PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"plan_id" text NOT NULL,
	"approver" text NOT NULL,
	"self_approved" boolean NOT NULL,
	"approved_at_us" bigint NOT NULL,
	"expires_at_us" bigint NOT NULL,
	"revoked_at_us" bigint
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"id" text PRIMARY KEY NOT NULL,
	"plan_id" text NOT NULL,
	"state" text NOT NULL,
	"body" text NOT NULL,
	"rehearsed" boolean NOT NULL,
	"title" text NOT NULL,
	"author" text NOT NULL,
	"connector" text NOT NULL,
	"created_at_us" bigint NOT NULL,
	"expires_at_us" bigint NOT NULL,
	"moved_at_us" bigint NOT NULL,
	"note" text,
	"revision" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "executions" ADD CONSTRAINT "executions_id_plans_id_fk" FOREIGN KEY ("id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intents" ADD CONSTRAINT "intents_execution_executions_serial_fk" FOREIGN KEY ("execution") REFERENCES "public"."executions"("serial") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcomes" ADD CONSTRAINT "outcomes_intent_intents_serial_fk" FOREIGN KEY ("intent") REFERENCES "public"."intents"("serial") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promises" ADD CONSTRAINT "promises_id_plans_id_fk" FOREIGN KEY ("id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resolutions" ADD CONSTRAINT "resolutions_intent_intents_serial_fk" FOREIGN KEY ("intent") REFERENCES "public"."intents"("serial") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_id_plans_id_fk" FOREIGN KEY ("id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit_leaves" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "executions_plan" ON "executions" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "intents_attempt" ON "intents" USING btree ("execution","step","attempt");--> statement-breakpoint
CREATE INDEX "intents_at" ON "intents" USING btree ("at_us");--> statement-breakpoint
CREATE UNIQUE INDEX "promises_metric" ON "promises" USING btree ("plan_id","metric","subject");--> statement-breakpoint
CREATE INDEX "promises_at" ON "promises" USING btree ("promised_at_us");--> statement-breakpoint
CREATE INDEX "approvals_plan" ON "approvals" USING btree ("id","plan_id");--> statement-breakpoint
CREATE INDEX "plans_state" ON "plans" USING btree ("state");--> statement-breakpoint
CREATE INDEX "plans_created" ON "plans" USING btree ("created_at_us");--> statement-breakpoint
CREATE UNIQUE INDEX "plans_plan_id" ON "plans" USING btree ("plan_id");