-- I7. What a key created, no other key created: no two keys have the same answer that something was created.
select format('%s keys created %s, the first at %s: %s', count(*), coalesce(location, left(body, 80)), min(created_at),
    array_agg(scope || '/' || key))
from idempotency_keys
where status = 201
group by md5(body), location, left(body, 80)
having count(*) > 1
