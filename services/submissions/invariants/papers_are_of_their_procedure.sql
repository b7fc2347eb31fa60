-- Each paper is for something that the dossier's version of the procedure asks for, and its bytes are where its ids say.
select format('document %s of dossier %s: for %s of %s, kept as %s', p.id, p.dossier, p.component, v.procedure, p.object_key)
from documents p
join dossiers d on d.id = p.dossier
join procedure_versions v on v.id = d.procedure_version
left join (
    select distinct id, component ->> 'code' as code
    from procedure_versions cross join lateral jsonb_array_elements(content -> 'components') component
) asked on asked.id = v.id and asked.code = p.component
where asked.id is null or p.object_key not in (format('dossiers/%s/%s', p.dossier, p.id),
    format('dossiers/%s/%s/%s/%s', substr(p.dossier::text, 25, 2), substr(p.dossier::text, 27, 2), p.dossier, p.id))
union all
select format('result %s of dossier %s: kept as %s', id, dossier, object_key)
from results
where object_key not in (format('results/%s/%s', dossier, id),
    format('results/%s/%s/%s/%s', substr(dossier::text, 25, 2), substr(dossier::text, 27, 2), dossier, id))
