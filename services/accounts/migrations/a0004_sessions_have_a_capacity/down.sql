update sessions set revoked_for = 'ACCOUNT_CLOSED' where revoked_for = 'CAPACITY_ENDED';
alter table sessions
    drop column capacity,
    drop constraint sessions_revoked_for,
    add constraint sessions_revoked_for check (revoked_for in ('SIGNED_OUT', 'TOKEN_REUSED', 'ACCOUNT_CLOSED'));
