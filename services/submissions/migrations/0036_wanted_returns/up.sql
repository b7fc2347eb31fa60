-- How results are wanted, where somebody chose it: at the counter, by post to an address, or as a document. Where nothing stands, the
-- door decides by which the dossier came. The address is kept as long as its dossier, and goes with a draft that is thrown away.
create table wanted_returns (
    dossier uuid constraint wanted_returns_pkey primary key
        constraint wanted_returns_dossier references dossiers (id) on delete cascade,
    way text not null constraint wanted_returns_way check (way in ('COUNTER', 'POST', 'DIGITAL')),
    address text,
    phone text,
    chosen_at timestamptz not null,
    constraint wanted_returns_address check ((way = 'POST') = (address is not null)),
    constraint wanted_returns_phone check (way = 'POST' or phone is null)
);
