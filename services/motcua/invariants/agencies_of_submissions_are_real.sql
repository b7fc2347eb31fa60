-- The agencies that submissions knows are those that accounts opened, by their names.
-- each of submissions:
select format('agency %s: %s (%s)', code, name_vi, name_en) from agencies
-- is one of accounts:
select format('agency %s: %s (%s)', code, name_vi, name_en) from agencies
