-- Each version of an agency's calendar stands in the audit log, by whom, and no version is left out.
select format('calendar of %s, version %s: %s', c.owner, c.version, case
    when a.subject_id is null then 'not in the audit log'
    when c.changed_by is distinct from a.actor_id then 'changed by another than the audit log says'
    else format('%s versions are kept', c.versions) end)
from (select *, count(*) over (partition by owner) as versions, max(version) over (partition by owner) as newest from calendars) c
left join audit_log a on a.action = 'calendar.changed' and a.subject_id = c.owner
    and (a.detail ->> 'version')::bigint = c.version
where c.owner <> 'VN' and (a.subject_id is null or c.changed_by is distinct from a.actor_id or c.versions <> c.newest)
