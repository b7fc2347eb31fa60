-- Nothing was told of a dossier that it has not come to: no fact has a version beyond its own.
select format('dossier %s was told of at version %s, it is at %s', o.subject, o.version, d.version)
from (
    select subject, max((payload::json -> 'data' ->> 'version')::integer) as version
    from outbox where type = 'vn.motcua.dossier.moved.v1' group by subject
) o
left join dossiers d on d.id = o.subject::uuid
where d.version is null or o.version > d.version
