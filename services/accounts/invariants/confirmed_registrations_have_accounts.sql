-- Who confirmed a registration has an account.
select format('registration %s was confirmed at %s; there is no account', r.id, r.confirmed_at)
from registrations r
where r.confirmed_at is not null and not exists (select from users u where u.citizen_number = r.citizen_number)
