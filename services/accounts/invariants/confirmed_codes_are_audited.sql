-- What a confirmed code allowed stands in the audit log.
select format('confirmation %s (%s) at %s has no entry in the audit log', c.id, c.purpose, c.confirmed_at)
from confirmations c
join (values
    ('PASSWORD_RESET', 'password.reset', 'confirmation_id'),
    ('EMAIL_CHANGE', 'email.changed', 'confirmation_id'),
    ('REGISTRATION', 'account.registered', 'registration_id')
) noted (purpose, action, id_named) using (purpose)
left join audit_log a on a.action = noted.action and a.detail ->> noted.id_named = c.id::text
where c.confirmed_at is not null and a.id is null
