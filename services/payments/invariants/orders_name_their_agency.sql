-- The fee of a dossier is the income of the agency that the dossier's code names.
select format('order %s (%s) is of agency %s', id, code, agency) from orders where agency <> split_part(code, '-', 1)
