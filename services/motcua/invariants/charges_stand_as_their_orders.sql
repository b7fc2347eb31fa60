-- A charge stands where its order stood at the version that the dossier heard of last, unless the agency took it back since.
-- each of submissions:
select format('order %s was %s at version %s', order_id, state, order_version) from charges
where order_version > 0 and (reason, state) <> ('WHILE_PROCESSING', 'CANCELLED')
-- is one of payments:
select format('order %s was %s at version %s', order_id, order_to, version) from order_history
