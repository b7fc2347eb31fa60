-- Links by which somebody else pays an order: until a day, and until they are taken back (expand). Who has one sees what is due, and nothing else.
create table pay_links (
    id uuid primary key,
    order_id uuid not null,
    -- SHA-256 of what stands in the address.
    secret_hash bytea not null,
    made_by uuid not null,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    constraint pay_links_order foreign key (order_id) references orders (id),
    constraint pay_links_secret unique (secret_hash),
    constraint pay_links_end check (expires_at > made_at)
);
create index pay_links_of_order on pay_links (order_id, made_at, id);
