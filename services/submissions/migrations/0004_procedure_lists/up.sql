-- Which life events a procedure belongs to, and which levels of government carry it out: what lists are narrowed by. A migration
-- of its own, so that none holds the locks of two tables: whoever opens a draft holds both, and one of the two would have to give
-- up. Installations from before it was one have the columns.
alter table procedure_versions
    add column if not exists levels text[] not null default '{}',
    add column if not exists life_events text[] not null default '{}';
update procedure_versions
set levels = array(select jsonb_array_elements_text(content -> 'levels')),
    life_events = array(select jsonb_array_elements_text(coalesce(content -> 'life_events', '[]')));
