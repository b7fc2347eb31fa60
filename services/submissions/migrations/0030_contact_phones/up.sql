-- The phones of those who file, as accounts tells them: officials find a dossier by what the caller's telephone shows.
create table contact_phones (
    party_kind text not null,
    party_id uuid not null,
    phone text not null,
    constraint contact_phones_pkey primary key (party_kind, party_id)
);

create index contact_phones_found on contact_phones (phone);
