-- What of the outbox is there no more: whoever compares it with what happened must not miss what was only tidied away.
create table outbox_horizon (
    only_row boolean primary key default true check (only_row),
    receipted_before timestamptz not null
);
-- What the version before tidied away; nothing, where there was none: a new database has no audit log yet.
insert into outbox_horizon (receipted_before)
select now() - interval '30 days' where to_regclass('audit_log') is not null;
