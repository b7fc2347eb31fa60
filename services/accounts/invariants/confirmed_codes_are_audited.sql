-- What a confirmed code allowed stands in the audit log.
select format('confirmation %s (%s) at %s has no entry in the audit log', c.id, c.purpose, c.confirmed_at)
from confirmations c
left join audit_log a on a.action = case c.purpose when 'PASSWORD_RESET' then 'password.reset' else 'email.changed' end
    and a.detail ->> 'confirmation_id' = c.id::text
where c.confirmed_at is not null and a.id is null
