-- What was booked on a day is found by its day (expand).
create index transfers_by_day on transfers (created_at, id);
