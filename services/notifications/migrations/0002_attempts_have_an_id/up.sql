-- An attempt whose commit was in doubt is written once more: by its id it is still one. Those of before have none.
alter table message_attempts add column id uuid;
create unique index message_attempts_id on message_attempts (id);
