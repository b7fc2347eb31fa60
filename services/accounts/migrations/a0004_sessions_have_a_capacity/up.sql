-- In which capacity the session acts, as `edge::Capacity` names it; null in sessions from before, which begin with the first.
-- A session also ends when the post or the membership ends that it acts in.
alter table sessions
    add column capacity text,
    drop constraint sessions_revoked_for,
    add constraint sessions_revoked_for
        check (revoked_for in ('SIGNED_OUT', 'TOKEN_REUSED', 'ACCOUNT_CLOSED', 'CAPACITY_ENDED'));
