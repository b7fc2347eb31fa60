-- Citizens and organisations are written to where they want to be, once notifications has receipted that.
-- each of accounts:
select format('account %s at %s, %s, in %s', a.id, a.email, a.phone, a.language)
from (
    select id, email, phone, language from users where kind = 'CITIZEN' and closed_at is null
    -- Nobody asked organisations for their language.
    union all
    select id, email, phone, '' from organisations
) a
where not exists (
    select from outbox b
    where b.receipted_at is null and b.subject = a.id::text
        and b.type in ('vn.motcua.account.registered.v1', 'vn.motcua.organisation.registered.v1', 'vn.motcua.official.assigned.v1'))
-- is one of notifications:
select format('account %s at %s, %s, in %s', id, email, phone, case kind when 'PERSON' then language else '' end) from contacts
union
select format('account %s at %s, %s, in %s', coalesce(event ->> 'account_id', event ->> 'organisation_id'), event ->> 'email',
    event ->> 'phone', coalesce(event ->> 'language', ''))
from (
    select payload::json -> 'data' as event
    from dead_letter
    where type in ('vn.motcua.account.registered.v1', 'vn.motcua.organisation.registered.v1')
) d
