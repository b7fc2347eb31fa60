-- A charge stands where its order stood at the version that the dossier heard of last.
-- each of submissions:
select format('order %s was %s at version %s', order_id, state, order_version) from charges where order_version > 0
-- is one of payments:
select format('order %s was %s at version %s', order_id, order_to, version) from order_history
