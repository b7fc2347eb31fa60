-- Somebody asked to reset a password or to change an e-mail address, and must show the code that was sent there.
create table confirmations (
    id uuid primary key,
    purpose text not null constraint confirmations_purpose check (purpose in ('PASSWORD_RESET', 'EMAIL_CHANGE')),
    -- Null while it was not looked whose address it is, and when it is nobody's.
    user_id uuid,
    email text not null,
    -- The address without what follows a plus, in lower case: one mailbox however it is written.
    mailbox text not null,
    -- A digest of who asked: a known device, a network address, a session.
    asked_by bytea not null,
    -- Null while no code was sent: none is right.
    code_hash bytea,
    tries smallint not null default 0 constraint confirmations_tries check (tries between 0 and 5),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    confirmed_at timestamptz
);
create index confirmations_by_mailbox on confirmations (mailbox, created_at);
create index confirmations_by_expiry on confirmations (expires_at);
