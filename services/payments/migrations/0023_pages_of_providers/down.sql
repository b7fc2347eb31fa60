alter table attempts drop column checkout_url;
