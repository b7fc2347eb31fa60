-- Since when the work of a job that fails has been due: what its lag and its giving up are counted from.
alter table jobs add column failing_since timestamptz;
-- Runs that came to an end. The others ended with their process.
alter table jobs add column runs_ended integer not null default 0;

update jobs set failing_since = created_at where failed_at is null and last_error is not null;
update jobs set runs_ended = attempts where locked_until is null;
