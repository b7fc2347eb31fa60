-- New drafts of a procedure are pinned to the version published last.
select format('%s: version %s is current, the last one is %s', p.code, c.version, v.last)
from procedures p
left join procedure_versions c on c.id = p.current_version and c.procedure = p.code
left join (select procedure, max(version) as last from procedure_versions group by procedure) v on v.procedure = p.code
where c.version is distinct from v.last
