-- With which half of their days leaves begin and end; noon in Vietnam lies between. Whole days are what the version before writes.
alter table leaves
    add column first_part text not null default 'MORNING'
        constraint leaves_first_part check (first_part in ('MORNING', 'AFTERNOON')),
    add column last_part text not null default 'AFTERNOON'
        constraint leaves_last_part check (last_part in ('MORNING', 'AFTERNOON')),
    add constraint leaves_halves
        check (last_day > first_day or first_part = 'MORNING' or last_part = 'AFTERNOON');
