-- What of the outbox is there no more: whoever compares it with what happened must not miss what was only tidied away.
create table outbox_horizon (
    only_row boolean primary key default true check (only_row),
    receipted_before timestamptz not null
);
-- What the version before tidied away.
insert into outbox_horizon (receipted_before) select now() - interval '30 days' where exists (select from outbox);
