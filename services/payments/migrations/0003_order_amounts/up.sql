-- An order knows what was paid towards it and given back, and since when it stands where it does; there is room for part payments, refunds, cancellation and waivers (expand).
alter table orders
    add column paid bigint not null default 0,
    add column refunded bigint not null default 0,
    add column state_since timestamptz not null default now(),
    drop constraint orders_status,
    drop constraint orders_paid;

-- Once, a few seconds for each million. By the provider's clock for those that are paid: near enough for what happened before anybody asked.
update orders set paid = case status when 'PAID' then total else 0 end, state_since = coalesce(paid_at, created_at);

-- The version before this one knows no amount: when it says that an order is paid, all of it is, since the payment.
create function complete_order() returns trigger language plpgsql as $$
begin
    if new.status = 'PAID' and new.paid = 0 then
        new.paid := new.total;
        new.state_since := coalesce(new.paid_at, now());
    end if;
    return new;
end $$;
create trigger orders_are_complete before update of status on orders
    for each row execute function complete_order();

alter table orders
    add constraint orders_status check (
        status in ('DUE', 'PART_PAID', 'PAID', 'REFUNDING', 'REFUNDED', 'CANCELLED', 'WAIVED')
    ),
    add constraint orders_paid check (
        case status
            when 'PAID' then paid = total
            when 'PART_PAID' then paid > 0 and paid < total
            when 'REFUNDING' then paid > 0
            when 'REFUNDED' then paid > 0 and refunded = paid
            else paid = 0
        end
    ),
    add constraint orders_refunded check (refunded >= 0 and refunded <= paid),
    add constraint orders_paid_at check ((paid = total) = (paid_at is not null));
