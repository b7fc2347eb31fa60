-- What a key's answer says of a filing is so: its code, and the secret to follow it by.
select format('key %s/%s answered with the code %s, dossier %s has %s%s', k.scope, k.key, k.answer ->> 'code', d.id, d.code,
    case when k.answer ->> 'code' = d.code then ' and another secret' end)
from (
    select scope, key, location, body::json as answer from idempotency_keys where status = 201 and body like '%"tracking_secret"%'
) k
join dossiers d on '/api/v1/dossiers/' || d.id = k.location
where (k.answer ->> 'code', sha256(convert_to(k.answer ->> 'tracking_secret', 'UTF8')))
    is distinct from (d.code, d.tracking_secret_hash)
