DROP TABLE import_made;
DROP TABLE import_rows;
DROP TABLE imports;
