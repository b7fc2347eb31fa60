-- An order knows what of it was waived (expand): paid and waived together make it whole. The version before waives nothing.
alter table orders
    add column waived bigint not null default 0,
    drop constraint orders_paid,
    drop constraint orders_paid_at;
alter table orders
    add constraint orders_waived check (waived >= 0),
    add constraint orders_paid check (
        case status
            when 'PAID' then paid > 0 and paid + waived = total
            when 'PART_PAID' then paid > 0 and paid + waived < total
            when 'REFUNDING' then paid > 0 and paid + waived <= total
            when 'REFUNDED' then paid > 0 and paid + waived <= total and refunded = paid
            when 'WAIVED' then paid = 0 and waived = total
            else paid = 0 and waived < total
        end
    ),
    add constraint orders_paid_at check ((paid > 0 and paid + waived = total) = (paid_at is not null));
