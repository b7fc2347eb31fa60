drop table pay_links;
