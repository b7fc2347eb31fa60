-- Access tokens die with their session, and with the role that they name. Tokens name the session's generation; `revoked_in` is the
-- transaction that ended the session or began a generation, whoever did it: whoever reads on from the oldest transaction that was
-- still running the last time misses none, in whichever order they commit.
alter table sessions
    add column generation integer not null default 0,
    add column revoked_in bigint,
    drop constraint sessions_revoked_for,
    add constraint sessions_revoked_for check (revoked_for in (
        'SIGNED_OUT', 'TOKEN_REUSED', 'ACCOUNT_CLOSED', 'CAPACITY_ENDED', 'ENDED_BY_OWNER', 'PASSWORD_CHANGED'));
create index sessions_by_revocation on sessions (revoked_in) where revoked_in is not null;
create function session_was_revoked() returns trigger language plpgsql as $$
begin
    new.revoked_in := pg_current_xact_id()::text::bigint;
    return new;
end $$;
create trigger session_was_revoked before update on sessions for each row
    when (old.revoked_at is null and new.revoked_at is not null or old.generation <> new.generation)
    execute function session_was_revoked();
-- For the tables from which something is taken: whose row it was has only tokens of before. Whoever opens a session meanwhile has
-- locked the person before it read what she holds (`users::open_locked`).
create function holder_lost_something() returns trigger language plpgsql as $$
begin
    perform from users where id = old.user_id for no key update;
    update sessions set generation = generation + 1 where user_id = old.user_id and revoked_at is null;
    return null;
end $$;
