-- Fails when something was waived.
alter table orders
    drop constraint orders_paid,
    drop constraint orders_paid_at;
alter table orders
    add constraint orders_paid check (
        case status
            when 'PAID' then paid = total
            when 'PART_PAID' then paid > 0 and paid < total
            when 'REFUNDING' then paid > 0
            when 'REFUNDED' then paid > 0 and refunded = paid
            else paid = 0
        end
    ),
    add constraint orders_paid_at check ((paid = total) = (paid_at is not null)),
    drop column waived;
