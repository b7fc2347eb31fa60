//! Whose what this service gave up is.

use queue::Owners;

/// By the order that an event or job names, or that its attempt or refund is of.
pub const OWNERS: Owners = Owners(
    "(select agency, code from orders where id = coalesce((w.said ->> 'order_id')::uuid,
        (select order_id from attempts a where a.id = (w.said ->> 'attempt_id')::uuid),
        (select order_id from refunds r where r.id = (w.said ->> 'refund_id')::uuid)))",
);
