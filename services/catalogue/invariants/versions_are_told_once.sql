-- Each version that was published was told to others once. (What was told long ago is forgotten: outbox_horizon says what.)
select format('version %s of %s, published at %s, was told %s times', v.version, v.procedure, v.published_at, coalesce(t.times, 0))
from procedure_versions v
left join (
    select subject, (payload::json -> 'data' ->> 'version')::integer as version, count(distinct payload::json -> 'data' ->> 'digest') as times,
        min(payload::json -> 'data' ->> 'digest') as digest
    from outbox
    where type = 'vn.motcua.procedure.published.v1'
    group by 1, 2
) t on t.subject = v.procedure and t.version = v.version
where (t.times is null and v.published_at >= coalesce((select receipted_before from outbox_horizon), '-infinity'))
    or t.times > 1
    or t.digest <> encode(v.digest, 'hex')
