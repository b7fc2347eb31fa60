-- I7. The dossier that a key's answer names is there, unless it was thrown away as a draft, and no dossier was filed under two keys.
select format('key %s/%s names %s, which is not there', k.scope, k.key, k.location)
from idempotency_keys k
where k.status = 201
    and k.location ~ '^/api/v1/dossiers/[0-9a-f-]{36}$'
    and not exists (select from dossiers d where d.id = right(k.location, 36)::uuid)
    and not exists (
        select from audit_log a
        where a.subject_id = right(k.location, 36) and a.action in ('draft.discarded', 'draft.expired'))
union all
select format('%s was filed under %s keys', location, count(*))
from idempotency_keys
where status = 201 and body like '%"tracking_secret"%'
group by location
having count(*) > 1
