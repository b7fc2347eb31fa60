drop table dossier_words;
drop function words_of_code;
