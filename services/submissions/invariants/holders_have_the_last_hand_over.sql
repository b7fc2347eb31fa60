-- What lists say of a dossier in hand is what its last hand-over says: the stage, who has it, by when. After its end nobody has it. (Of
-- what a version before received, lists say nothing.)
select format('dossier %s (%s), %s: at %s with %s until %s, by its last hand-over at %s with %s until %s', d.id, d.code, d.status,
    d.stage, d.holder, d.stage_due_at, c.stage, c.to_official, c.due_at)
from dossiers d
left join lateral (select * from custody where dossier = d.id order by seq desc limit 1) c on true
where d.stage is not null and case
    when d.status in ('RECEIVED', 'PROCESSING', 'SUPPLEMENT_REQUESTED', 'FEE_DUE', 'STOPPED')
    then (d.stage, d.holder, d.stage_due_at) is distinct from (c.stage, c.to_official, c.due_at)
    else d.holder is not null or d.stage_due_at is not null
end
union all
select format('dossier %s (%s), %s: with %s, and at no stage', id, code, status, holder)
from dossiers where stage is null and holder is not null
