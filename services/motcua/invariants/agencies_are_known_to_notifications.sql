-- Each agency that was opened is known to notifications, once it has receipted that.
-- each of accounts:
select format('agency %s', code) from agencies a
where not exists (
    select from outbox b where b.type = 'vn.motcua.agency.opened.v1' and b.subject = a.code and b.receipted_at is null)
-- is one of notifications:
select format('agency %s', code) from agencies
union
select format('agency %s', payload::json -> 'data' ->> 'agency') from dead_letter where type = 'vn.motcua.agency.opened.v1'
