-- Each session was opened for its person by the audit log's word, and one that the log says ended is over.
select format('session %s of account %s: opened for %s, ended %s; it ends %s', s.id, s.user_id, a.account, a.ended_at, s.revoked_at)
from sessions s
left join (
    select subject_id, min(detail ->> 'account_id') filter (where action = 'session.opened') as account,
        min(at) filter (where action = 'session.ended') as ended_at
    from audit_log
    where subject_type = 'session'
    group by subject_id
) a on a.subject_id = s.id::text
where a.account is distinct from s.user_id::text or (a.ended_at is not null and s.revoked_at is null)
union all
select format('session %s lives, account %s was closed at %s', s.id, u.id, u.closed_at)
from sessions s
join users u on u.id = s.user_id
where u.closed_at is not null and s.revoked_at is null
