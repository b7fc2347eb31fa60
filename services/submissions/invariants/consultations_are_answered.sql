-- A consultation asks another agency, has an end at which it is noticed while it is open, and an answer in words when it is answered; a
-- dossier at its end waits for none, and each one that was asked was told. (What was told long ago is forgotten.)
select format('dossier %s (%s), consultation %s of %s: %s', d.id, d.status, r.seq, r.asked_of, r.state)
from requests r
join dossiers d on d.id = r.dossier
where r.kind = 'CONSULTATION'
    and (r.asked_of is null or r.asked_of = d.agency or r.answer_by is null
        or (r.state = 'ANSWERED') <> (r.answer is not null and r.answered_by is not null)
        or (r.state = 'OPEN' and d.status in ('NOT_RECEIVED', 'WITHDRAWN', 'COMPLETED', 'RETURNED'))
        or (r.asked_at >= coalesce((select receipted_before from outbox_horizon), '-infinity') and not exists (
            select from outbox o
            where o.type = 'vn.motcua.consultation.noticed.v1' and o.subject = r.dossier::text
                and o.payload::json -> 'data' ->> 'notice' = 'ASKED' and o.payload::json -> 'data' ->> 'number' = r.seq::text)))
union all
select format('file %s of dossier %s: request %s is no consultation', f.id, f.dossier, f.request)
from request_files f
left join requests r on r.dossier = f.dossier and r.seq = f.request and r.kind in ('CONSULTATION', 'DRAFT')
where r.seq is null
