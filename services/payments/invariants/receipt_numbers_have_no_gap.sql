-- I10. The receipts of a symbol and year of an agency have each number from 1 to the last that was given once.
select format('%s of %s at %s: %s receipts from %s to %s, the last number is %s', symbol, year, agency, coalesce(r.receipts, 0), r.first, r.last,
    n.last)
from receipt_numbers n
full join (
    select agency, symbol, year, count(*) as receipts, min(number) as first, max(number) as last
    from receipts
    group by agency, symbol, year
) r using (agency, symbol, year)
where (r.receipts, r.first, r.last) is distinct from (n.last::bigint, 1, n.last)
