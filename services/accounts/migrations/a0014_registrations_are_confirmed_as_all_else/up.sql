-- The code of a registration is counted and compared like every other. Of registrations it is also known from which network address
-- (a digest of it) they were asked for: it has so many under way at most.
alter table confirmations
    drop constraint confirmations_purpose,
    add constraint confirmations_purpose check (purpose in ('PASSWORD_RESET', 'EMAIL_CHANGE', 'REGISTRATION')),
    add column origin bytea;
create index confirmations_by_origin on confirmations (origin, created_at) where origin is not null;
