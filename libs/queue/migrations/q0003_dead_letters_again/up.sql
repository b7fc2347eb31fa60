-- When the event goes back to the stream by itself. Null: only by command.
alter table dead_letter add column again_at timestamptz;
-- When it was first given up; the waits between its returns grow with its age.
alter table dead_letter add column first_failed_at timestamptz;

create index dead_letter_again on dead_letter (again_at) where again_at is not null;
