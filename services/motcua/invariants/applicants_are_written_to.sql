-- I9. Whatever happened to a dossier was written to its applicant, once notifications has receipted it. Who has no account (an id of
-- version 8) cannot be written to.
-- each of submissions:
with happened (id, code, template, type) as (
    select id, code, 'dossier_submitted', 'vn.motcua.dossier.submitted.v1' from dossiers where submitted_at is not null and substr(party_id::text, 15, 1) <> '8'
    union all
    select d.id, d.code, 'fee_paid', 'vn.motcua.dossier.fee_paid.v1'
    from charges c join dossiers d on d.id = c.dossier where c.paid_at is not null and substr(d.party_id::text, 15, 1) <> '8'
    union all
    select id, code, 'dossier_received', 'vn.motcua.dossier.received.v1' from dossiers where received_at is not null and substr(party_id::text, 15, 1) <> '8'
    union all
    select id, code, 'dossier_completed', 'vn.motcua.dossier.completed.v1' from dossiers where completed_at is not null and substr(party_id::text, 15, 1) <> '8'
)
select format('%s about %s', h.template, h.code)
from happened h
where not exists (select from outbox b where b.receipted_at is null and b.type = h.type and b.subject = h.id::text)
-- is one of notifications:
select format('%s about %s', template, about) from messages where channel = 'EMAIL' and about is not null
union
select format('%s about %s', case type when 'vn.motcua.dossier.fee_paid.v1' then 'fee_paid'
    else 'dossier_' || split_part(type, '.', 4) end, payload::json -> 'data' ->> 'code')
from dead_letter
where type like 'vn.motcua.dossier.%'
