-- The numbers of dossiers kept by agency and status are those that a recount gives.
select format('agency %s has %s dossiers %s, counted as %s', agency, coalesce(counted.n, 0), status, coalesce(kept.n, 0))
from (
    select agency, status, sum(dossiers) as n from workload group by agency, status having sum(dossiers) <> 0
) kept
full join (
    select agency, status, count(*) as n from dossiers where status <> 'DRAFT' group by agency, status
) counted using (agency, status)
where kept.n is distinct from counted.n
