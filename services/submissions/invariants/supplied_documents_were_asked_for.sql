-- A document that answers a request is for one of its papers, and a request that was answered has one for each, or the paper itself, which an
-- official took in.
select format('document %s of dossier %s: request %s does not ask for %s', d.id, d.dossier, d.request, d.component)
from documents d
where d.request is not null and not exists (
    select from asked_papers p where p.dossier = d.dossier and p.request = d.request and p.component = d.component)
union all
select format('dossier %s, request %s was answered without %s', p.dossier, p.request, p.component)
from asked_papers p
join requests r on r.dossier = p.dossier and r.seq = p.request and r.state = 'ANSWERED'
where not exists (
        select from documents d where d.dossier = p.dossier and d.request = p.request and d.component = p.component)
    and not (r.answered_by is not null and exists (
        select from supplied_papers s where s.dossier = p.dossier and s.request = p.request and s.component = p.component))
