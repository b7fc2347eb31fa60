drop function holder_lost_something;
drop trigger session_was_revoked on sessions;
drop function session_was_revoked;
update sessions set revoked_for = 'SIGNED_OUT' where revoked_for in ('ENDED_BY_OWNER', 'PASSWORD_CHANGED');
alter table sessions
    drop column generation,
    drop column revoked_in,
    drop constraint sessions_revoked_for,
    add constraint sessions_revoked_for
        check (revoked_for in ('SIGNED_OUT', 'TOKEN_REUSED', 'ACCOUNT_CLOSED', 'CAPACITY_ENDED'));
