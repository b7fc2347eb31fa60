drop table handed_papers;
