-- An order knows how often what was taken for it was taken back as wrong (expand).
alter table orders
    add column reversals integer not null default 0,
    add constraint orders_reversals check (reversals >= 0);
-- How a cashier finds an order: by the dossier's code, or by whoever owes it.
create index orders_of_agency on orders (agency, code);
create index orders_of_payer on orders (payer_kind, payer_id, created_at, id);
