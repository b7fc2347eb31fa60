-- What was given up, or waits for a person, and what a person has seen to since: nobody tries it any more by itself.
create table taken_as_handled (
    subject uuid primary key,
    at timestamptz not null,
    by uuid not null
);
