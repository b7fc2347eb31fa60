-- The page that a provider named when it was told of a payment to come: the same for whoever opens it again (expand).
alter table attempts add column checkout_url text;
