-- Who confirmed a registration has the account that it asked for, and the audit log says which.
select format('registration %s was confirmed at %s; account %s, in the audit log, %s', r.id, r.confirmed_at, a.subject_id,
    case when u.id is null then 'is not there' else 'is somebody else' end)
from registrations r
left join audit_log a on a.action = 'account.registered' and a.detail ->> 'registration_id' = r.id::text
left join users u on u.id::text = a.subject_id
where r.confirmed_at is not null
    and (u.name, u.citizen_number, u.birth_date, u.gender) is distinct from (r.name, r.citizen_number, r.birth_date, r.gender)
