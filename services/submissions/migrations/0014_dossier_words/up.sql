-- The words by which officials find a dossier: a row for each that was filed, written with the filing. A table of its own, since a
-- dossier's row changes often and its words do not. Each word begins with the agency, so that a search reads nothing of others.
create table dossier_words (
    dossier uuid constraint dossier_words_pkey primary key
        constraint dossier_words_dossier references dossiers (id) on delete cascade,
    -- Separated by spaces.
    words text not null
);

create index dossier_words_found on dossier_words using gin (array_to_tsvector(string_to_array(words, ' ')));

-- A code whole, without its agency, and its number of the day alone, with its zeros and without.
create function words_of_code(agency text, code text) returns text language sql immutable parallel safe
return lower(agency || '/' || code || ' ' || agency || '/' || substr(code, length(agency) + 2)
    || ' ' || agency || '/' || split_part(code, '-', 3) || ' ' || agency || '/' || ltrim(split_part(code, '-', 3), '0'));
