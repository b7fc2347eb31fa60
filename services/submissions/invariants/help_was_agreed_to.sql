-- Who was helped to file online agreed to it, and nobody else is said to have. What was handed in is for something that its procedure asks for.
select format('dossier %s (%s): helped %s, consent of %s', d.id, d.code, d.helped, c.given_at)
from dossiers d
left join consents c on c.dossier = d.id
where d.helped <> (c.dossier is not null)
union all
select format('dossier %s (%s): %s was handed in, by %s', d.id, d.code, p.component, d.channel)
from handed_papers p
join dossiers d on d.id = p.dossier
join procedure_versions v on v.id = d.procedure_version
where not exists (
    select from jsonb_array_elements(v.content -> 'components') listed where listed.value ->> 'code' = p.component
) or (d.channel = 'ONLINE' and not d.helped)
