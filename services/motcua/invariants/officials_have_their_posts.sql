-- Each official is alerted for the roles that she holds, once notifications has receipted them.
-- each of accounts:
select format('%s of %s: %s', role, agency, user_id) from official_roles r
where valid_until is null and valid_from <= (now() at time zone 'Asia/Ho_Chi_Minh')::date
    and not exists (
        select from outbox b
        where b.type = 'vn.motcua.official.assigned.v1' and b.subject = r.user_id::text and b.receipted_at is null)
-- is one of notifications:
select format('%s of %s: %s', role, agency, official_id) from official_posts
union
select format('%s of %s: %s', role, event ->> 'agency', event ->> 'official_id')
from (select payload::json -> 'data' as event from dead_letter where type = 'vn.motcua.official.assigned.v1') d
cross join lateral json_array_elements_text(event -> 'roles') role
