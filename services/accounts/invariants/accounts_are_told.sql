-- Each account that was registered was told to others. (What was told long ago is forgotten: outbox_horizon says what.)
select format('account %s was registered at %s and nobody was told', a.subject_id, a.at)
from audit_log a
where a.action = 'account.registered'
    and a.at >= coalesce((select receipted_before from outbox_horizon), '-infinity')
    and not exists (
        select from outbox o where o.type = 'vn.motcua.account.registered.v1' and o.subject = a.subject_id)
