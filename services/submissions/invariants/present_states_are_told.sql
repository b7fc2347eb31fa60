-- What others were told of a dossier's present version is what its rows say. (What was told long ago is forgotten.)
select format('dossier %s (%s), version %s: told as %s of %s for %s, due %s, %s papers, %s VND; it is %s of %s for %s, due %s, %s papers, %s VND',
    d.id, d.code, d.version, t.status, t.agency, t.applicant ->> 'id', t.clock ->> 'due_at', t.papers ->> 'total', t.charged,
    d.status, d.agency, d.party_id, d.due_at, coalesce(p.papers, 0), coalesce(c.charged, 0))
from dossiers d
join procedure_versions v on v.id = d.procedure_version
left join (select dossier, count(*) as papers from documents group by dossier) p on p.dossier = d.id
left join (select dossier, sum(total) as charged from charges group by dossier) c on c.dossier = d.id
join (
    select moved.*,
        (select coalesce(sum((charge -> 'total' ->> 'amount')::bigint), 0) from json_array_elements(charges) charge) as charged
    from outbox
    cross join lateral json_to_record(payload::json -> 'data') as moved (
        dossier_id uuid, version integer, code text, status text, agency text, applicant json, clock json, papers json, charges json,
        procedure text, procedure_version integer)
    where type = 'vn.motcua.dossier.moved.v1'
) t on t.dossier_id = d.id and t.version = d.version
where (d.code, d.status, d.agency, d.party_kind, d.party_id::text, d.due_at, v.procedure, v.version, coalesce(p.papers, 0),
        coalesce(c.charged, 0))
    is distinct from (t.code, t.status, t.agency, t.applicant ->> 'kind', t.applicant ->> 'id', (t.clock ->> 'due_at')::timestamptz,
        t.procedure, t.procedure_version, (t.papers ->> 'total')::bigint, t.charged)
