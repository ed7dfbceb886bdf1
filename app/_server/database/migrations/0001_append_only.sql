-- The audit log is append-only for everyone who comes through SQL: the database itself refuses the rest.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER audit_leaves_append_only BEFORE UPDATE OR DELETE ON "audit_leaves" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_leaves_keep BEFORE TRUNCATE ON "audit_leaves" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER intents_append_only BEFORE UPDATE OR DELETE ON "intents" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER outcomes_append_only BEFORE UPDATE OR DELETE ON "outcomes" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER dry_run_records_append_only BEFORE UPDATE OR DELETE ON "dry_run_records" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
ALTER TABLE "control" ADD CONSTRAINT "control_is_one_row" CHECK ("one" = 1);
--> statement-breakpoint
INSERT INTO "control" ("one", "fence", "stopped", "audit_leaves", "audit_head") VALUES (1, 1, false, 0, repeat('0', 64));
--> statement-breakpoint
CREATE TRIGGER resolutions_append_only BEFORE UPDATE OR DELETE ON "resolutions" FOR EACH ROW EXECUTE FUNCTION refuse_change();
