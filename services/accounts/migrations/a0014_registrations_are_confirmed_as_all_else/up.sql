-- The code of a registration is counted and compared like every other. `origin` is a digest of who asked whatever the mailbox is, of a
-- registration the network address, of a change of address the account: each has so many under way at most.
alter table confirmations
    drop constraint confirmations_purpose,
    add constraint confirmations_purpose check (purpose in ('PASSWORD_RESET', 'EMAIL_CHANGE', 'REGISTRATION')),
    add column origin bytea;
create index confirmations_by_origin on confirmations (origin, created_at) where origin is not null;
