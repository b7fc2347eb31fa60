-- Whoever the audit log says was registered has an account, and whoever it says closed one has none any more.
select format('account %s: registered at %s, closed at %s; %s', a.subject_id, a.registered_at, a.closed_at,
    case when u.id is null then 'it is not there' else coalesce('closed at ' || u.closed_at, 'it is open') end)
from (
    select subject_id, min(at) filter (where action = 'account.registered') as registered_at,
        min(at) filter (where action = 'account.closed') as closed_at
    from audit_log
    where action in ('account.registered', 'account.closed')
    group by subject_id
) a
left join users u on u.id::text = a.subject_id
where u.id is null or (u.closed_at is null) <> (a.closed_at is null)
union all
select format('account %s was closed at %s; the audit log does not know', u.id, u.closed_at)
from users u
where u.closed_at is not null
    and not exists (select from audit_log a where a.action = 'account.closed' and a.subject_id = u.id::text)
