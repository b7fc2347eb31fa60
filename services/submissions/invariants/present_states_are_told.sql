-- What others were told of a dossier's present version is what its rows say. (What was told long ago is forgotten.)
select format('dossier %s (%s), version %s: told as %s of %s for %s %s, due %s, %s papers, %s charged; it is %s of %s for %s %s, due %s, %s papers, %s charged',
    id, code, version, t.status, t.agency, t.party_kind, t.party_id, t.due_at, t.papers, t.charged,
    d.status, d.agency, d.party_kind, d.party_id, d.due_at, d.papers, d.charged)
from (
    select d.id, d.code, d.version, d.status, d.agency, d.party_kind, d.party_id::text, d.due_at, coalesce(p.papers, 0) as papers,
        coalesce(c.charged, 0) as charged, v.procedure, v.version as procedure_version
    from dossiers d
    join procedure_versions v on v.id = d.procedure_version
    left join (select dossier, count(*) as papers from documents group by dossier) p on p.dossier = d.id
    left join (select dossier, sum(total) as charged from charges group by dossier) c on c.dossier = d.id
) d
join (
    select (data ->> 'dossier_id')::uuid as id, (data ->> 'version')::integer as version, data ->> 'status' as status,
        data ->> 'agency' as agency, data -> 'applicant' ->> 'kind' as party_kind, data -> 'applicant' ->> 'id' as party_id,
        (data -> 'clock' ->> 'due_at')::timestamptz as due_at, (data -> 'papers' ->> 'total')::bigint as papers,
        (select coalesce(sum((charge -> 'total' ->> 'amount')::bigint), 0) from json_array_elements(data -> 'charges') charge)
            as charged,
        data ->> 'procedure' as procedure, (data ->> 'procedure_version')::integer as procedure_version, data ->> 'code' as told_code
    from (select payload::json -> 'data' as data from outbox where type = 'vn.motcua.dossier.moved.v1') o
) t using (id, version)
where (d.code, d.status, d.agency, d.party_kind, d.party_id, d.due_at, d.papers, d.charged, d.procedure, d.procedure_version)
    is distinct from (t.told_code, t.status, t.agency, t.party_kind, t.party_id, t.due_at, t.papers, t.charged, t.procedure, t.procedure_version)
