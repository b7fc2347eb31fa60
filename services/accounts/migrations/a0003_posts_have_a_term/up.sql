-- From which day an official holds a role, and until which (the last one; null while nobody knows).
-- The default is for the version before, which goes on assigning roles beside this one.
alter table official_roles
    add column valid_from date not null default ((now() at time zone 'Asia/Ho_Chi_Minh')::date),
    add column valid_until date,
    add constraint official_roles_term check (valid_until is null or valid_until >= valid_from);
update official_roles set valid_from = (created_at at time zone 'Asia/Ho_Chi_Minh')::date;
