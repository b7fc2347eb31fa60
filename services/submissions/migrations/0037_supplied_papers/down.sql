drop table supplied_papers;
