-- Days of an agency's books that were closed and signed: who, when, and what was booked on them, for good (expand).
create table closed_days (
    agency text not null,
    day date not null,
    signed_by uuid not null,
    signed_by_name text not null,
    signed_at timestamptz not null,
    -- Differences that waited for somebody then.
    open_differences integer not null,
    constraint closed_days_pkey primary key (agency, day)
);

create table closed_day_figures (
    agency text not null,
    day date not null,
    -- By which way the money went: a provider's name, or where else it lies.
    channel text not null,
    purpose text not null,
    transfers integer not null,
    amount bigint not null,
    constraint closed_day_figures_pkey primary key (agency, day, channel, purpose),
    constraint closed_day_figures_day foreign key (agency, day) references closed_days (agency, day),
    constraint closed_day_figures_amount check (transfers > 0 and amount > 0)
);

create trigger closed_days_only_grow before update or delete on closed_days
    for each row execute function refuse_change();
create trigger closed_days_stay before truncate on closed_days for each statement execute function refuse_change();
create trigger closed_day_figures_only_grow before update or delete on closed_day_figures
    for each row execute function refuse_change();
create trigger closed_day_figures_stay before truncate on closed_day_figures
    for each statement execute function refuse_change();
