-- What a provider took on a day, to be found on its statement (expand).
create index attempts_by_day on attempts (provider, paid_at) where paid_at is not null;
