-- The working calendars that accounts tells of: the country's (owner VN) and those of agencies, as JSON. Who has none has the country's,
-- and the country's is the one of the program while none was told.
create table calendars (
    owner text constraint calendars_pkey primary key,
    version bigint not null,
    content text not null
);

-- Whether a period begins because the calendar of its agency changed. Periods of before and of the version before do not.
alter table clock_periods add column recounted boolean not null default false;
