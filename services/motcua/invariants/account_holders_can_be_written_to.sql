-- Each citizen and organisation can be written to, once notifications has receipted the account.
-- each of accounts:
select format('account %s', a.id)
from (select id from users where kind = 'CITIZEN' and closed_at is null union all select id from organisations) a
where not exists (
    select from outbox b
    where b.receipted_at is null and b.type in ('vn.motcua.account.registered.v1', 'vn.motcua.organisation.registered.v1')
        and b.subject = a.id::text)
-- is one of notifications:
select format('account %s', id) from contacts
union
select format('account %s', coalesce(payload::json -> 'data' ->> 'account_id', payload::json -> 'data' ->> 'organisation_id'))
from dead_letter
where type in ('vn.motcua.account.registered.v1', 'vn.motcua.organisation.registered.v1')
