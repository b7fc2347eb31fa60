-- How agencies are reached, and by which number they pay taxes (expand).
alter table agencies
    add column address text,
    add column phone text,
    add column email text,
    add column tax_number text,
    -- Counts the changes of these.
    add column contact_version integer not null default 0,
    add constraint agencies_contact_version check (contact_version >= 0);
