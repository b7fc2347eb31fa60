-- What a member is to the organisation, from which day, and until which (the last one; null while nobody knows).
-- The defaults are for the version before, which goes on adding members beside this one.
alter table memberships
    add column role text not null default 'MEMBER'
        constraint memberships_role check (role in ('REPRESENTATIVE', 'MEMBER')),
    add column valid_from date not null default ((now() at time zone 'Asia/Ho_Chi_Minh')::date),
    add column valid_until date,
    add constraint memberships_term check (valid_until is null or valid_until >= valid_from);
update memberships set valid_from = (created_at at time zone 'Asia/Ho_Chi_Minh')::date;
