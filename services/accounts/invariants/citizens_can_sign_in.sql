-- Each account has a password.
select format('account %s has no password', u.id)
from users u
where u.closed_at is null and not exists (select from credentials c where c.user_id = u.id)
